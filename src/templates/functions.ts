import { byCodePoint } from "../text/compare.ts";
import { isComputed, isList, isMap, type Value, type ValueMap } from "./value.ts";

/** Thrown by a function that is given what it cannot take; the evaluator turns it into a diagnostic. */
export class ArgumentError extends Error {}

/**
 * A pure Terraform function that templates may call by its own name. On known arguments it is computed here;
 * where `compute` gives undefined, or an argument is not known, the call is left to Terraform.
 */
export interface TemplateFunction {
  readonly parameters: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly compute: (values: readonly Value[]) => Value | undefined;
}

export const TEMPLATE_FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ["base64decode", one("text", (text) => decodeBase64(text))],
  ["base64encode", one("text", (text) => Buffer.from(text, "utf8").toString("base64"))],
  ["lower", one("text", (text) => eachCharacter(text, (character) => character.toLowerCase()))],
  ["upper", one("text", (text) => eachCharacter(text, (character) => character.toUpperCase()))],
  ["trimspace", one("text", (text) => text.replace(WHITE_SPACE_AROUND, ""))],
  [
    "trimprefix",
    two("text prefix", (text, prefix) =>
      prefix && text.startsWith(prefix) ? text.slice(prefix.length) : text,
    ),
  ],
  [
    "trimsuffix",
    two("text suffix", (text, suffix) =>
      suffix && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text,
    ),
  ],
  [
    "replace",
    fixed("text search replacement", 3, ([text, search, replacement]) =>
      replaceText(asText(text), asText(search), asText(replacement)),
    ),
  ],
  [
    "split",
    two("separator text", (separator, text) => (separator === "" ? [...text] : text.split(separator))),
  ],
  [
    "join",
    fixed("separator list", 2, ([separator, list]) => asList(list).map(asText).join(asText(separator))),
  ],
  ["length", fixed("value", 1, ([value]) => lengthOf(value))],
  ["keys", fixed("map", 1, ([map]) => [...asMap(map).keys()].sort(byCodePoint))],
  ["values", fixed("map", 1, ([map]) => sortedEntries(asMap(map)).map(([, value]) => value))],
  [
    "merge",
    many("map...", 1, (maps) => new Map(maps.flatMap((map) => (map === null ? [] : [...asMap(map)])))),
  ],
  ["concat", many("list...", 1, (lists) => lists.flatMap((list) => [...asList(list)]))],
  ["contains", fixed("list value", 2, ([list, value]) => containsScalar(asList(list), value))],
  ["tostring", fixed("value", 1, ([value]) => (value === null ? null : asText(value)))],
  ["tonumber", fixed("value", 1, ([value]) => asNumber(value))],
  ["toset", fixed("list", 1, () => undefined)],
  ["jsonencode", fixed("value", 1, ([value]) => encodeJson(value ?? null))],
  ["jsondecode", fixed("text", 1, () => undefined)],
  ["sha256", fixed("text", 1, () => undefined)],
  ["format", many("format value...", 1, () => undefined)],
  ["try", many("value...", 1, ([first]) => first)],
  ["coalesce", many("value...", 1, (values) => firstFilled(values))],
]);

/** What Unicode calls white space. */
const WHITE_SPACE_AROUND = /^\p{White_Space}+|\p{White_Space}+$/gu;

function fixed(parameters: string, count: number, compute: TemplateFunction["compute"]): TemplateFunction {
  return { parameters, minimum: count, maximum: count, compute };
}

function many(parameters: string, minimum: number, compute: TemplateFunction["compute"]): TemplateFunction {
  return { parameters, minimum, maximum: Number.POSITIVE_INFINITY, compute };
}

function one(parameters: string, compute: (text: string) => Value | undefined): TemplateFunction {
  return fixed(parameters, 1, ([text]) => compute(asText(text)));
}

function two(parameters: string, compute: (first: string, second: string) => Value): TemplateFunction {
  return fixed(parameters, 2, ([first, second]) => compute(asText(first), asText(second)));
}

/** How Terraform writes a known scalar into text. */
export function asText(value: Value | undefined): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (typeof value === "number") return numberText(value);
  return fail(`text is due, and not ${describeValue(value)}`);
}

/** Never with an exponent, which Terraform does not write. */
function numberText(value: number): string {
  const [, sign = "", whole = "", fraction = "", exponent] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  if (exponent === undefined) return Object.is(value, -0) ? "0" : String(value);
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  return (
    sign +
    (point >= digits.length ? digits.padEnd(point, "0") : `${digits.slice(0, point)}.${digits.slice(point)}`)
  );
}

/** What a value is, for a message. */
export function describeValue(value: Value | undefined): string {
  if (value === null || value === undefined) return "null";
  if (isComputed(value)) return "a value that only Terraform knows";
  if (isMap(value)) return "a map";
  if (isList(value)) return "a list";
  return typeof value === "string" ? `the text '${value}'` : `${String(value)}`;
}

function asList(value: Value | undefined): readonly Value[] {
  return value !== undefined && isList(value)
    ? value
    : fail(`a list is due, and not ${describeValue(value)}`);
}

function asMap(value: Value | undefined): ValueMap {
  return value !== undefined && isMap(value) ? value : fail(`a map is due, and not ${describeValue(value)}`);
}

function asNumber(value: Value | undefined): Value | undefined {
  if (typeof value === "number" || typeof value === "bigint" || value === null) return value;
  const text = asText(value);
  if (typeof value === "boolean" || !/\d/.test(text) || /[^-+.\deE]/.test(text))
    return fail(`'${text}' is no number`);
  // Other spellings, and more digits than a number of JavaScript holds, are left to Terraform.
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined;
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text);
  return numberText(Number(text)) === text.replace(/^(-?)0+(?=\d)/, "$1").replace(/\.?0+$/, "")
    ? Number(text)
    : undefined;
}

/** Characters are counted as people see them, for which every program has its own tables: beyond ASCII it is left to Terraform. */
function lengthOf(value: Value | undefined): number | undefined {
  if (typeof value === "string") return /^[\x20-\x7e]*$/.test(value) ? value.length : undefined;
  return value !== undefined && isMap(value) ? value.size : asList(value).length;
}

/** Terraform maps letters one by one; where that is not one letter for one, the call is left to it. */
function eachCharacter(text: string, map: (character: string) => string): string | undefined {
  const mapped = [...text].map(map);
  return mapped.every((character) => [...character].length === 1) ? mapped.join("") : undefined;
}

function containsScalar(list: readonly Value[], value: Value | undefined): boolean | undefined {
  const isAlike = [...list, value].every(
    (item) => typeof item === typeof value && item !== null && typeof item !== "object",
  );
  return isAlike ? list.includes(value as Value) : undefined;
}

/** Terraform makes arguments of different types alike; that is left to it. */
function firstFilled(values: readonly Value[]): Value | undefined {
  const filled = values.filter((value) => value !== null && value !== "");
  const [first] = filled;
  if (first === undefined) return fail("every argument is null or empty");
  const isAlike = values.every(
    (value) => value === null || (typeof value === typeof first && typeof value !== "object"),
  );
  return isAlike || values.length === 1 ? first : undefined;
}

function sortedEntries(map: ValueMap): (readonly [string, Value])[] {
  return [...map].sort(([left], [right]) => byCodePoint(left, right));
}

/** Terraform reads `/text/` as a regular expression of its own kind: that call is left to it. */
function replaceText(text: string, search: string, replacement: string): string | undefined {
  const isExpression = search.length > 1 && search.startsWith("/") && search.endsWith("/");
  if (isExpression || search === "") return undefined;
  return text.replaceAll(search, () => replacement);
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function decodeBase64(text: string): string {
  if (!BASE64.test(text.replace(/[\r\n]/g, ""))) return fail(`'${text}' is no base64`);
  const bytes = Buffer.from(text, "base64");
  const decoded = bytes.toString("utf8");
  return Buffer.from(decoded, "utf8").equals(bytes) ? decoded : fail("what it decodes to is no text");
}

/** JSON as Terraform writes it: keys sorted, `<`, `>` and `&` escaped. */
function encodeJson(value: Value): string {
  const encode = (item: Value): string => {
    if (isMap(item))
      return `{${sortedEntries(item)
        .map(([key, inner]) => `${JSON.stringify(key)}:${encode(inner)}`)
        .join(",")}}`;
    if (isList(item)) return `[${item.map(encode).join(",")}]`;
    return typeof item === "bigint" || typeof item === "number" ? asText(item) : JSON.stringify(item);
  };
  const escapes: Record<string, string> = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
  };
  return encode(value).replace(/[<>&\u2028\u2029]/g, (character) => escapes[character] ?? character);
}

function fail(message: string): never {
  throw new ArgumentError(message);
}
