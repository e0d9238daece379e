import { createHash } from "node:crypto";
import { type Json, isJsonList, isJsonMap, parseJson } from "../plans/json.ts";
import { ArgumentError, asText, TEMPLATE_FUNCTIONS } from "../templates/functions.ts";
import type { Value } from "../templates/value.ts";
import { byCodePoint } from "../text/compare.ts";
import { characters } from "../text/terminal-text.ts";
import { isSameJson } from "./json-expectation.ts";
import { jsonText } from "./json-text.ts";
import { jsonOfValue, valueOfJson } from "./json-value.ts";

/**
 * A function of templates on values that are all known by now, those included that compile leaves to Terraform.
 * Throws ArgumentError where it cannot be computed.
 */
export function evaluateFunction(name: string, values: readonly Json[]): Json {
  const own = LEFT_TO_TERRAFORM.get(name);
  if (own) return own(values);
  const result = TEMPLATE_FUNCTIONS.get(name)?.compute(values.map(valueOfJson));
  if (result !== undefined) return jsonOfValue(result);
  const instead = NEAR_TO_TERRAFORM.get(name);
  if (instead === undefined) throw new ArgumentError("only Terraform can");
  return instead(values);
}

/** Compile leaves these to Terraform where a corner differs; a check takes what is nearest. */
const NEAR_TO_TERRAFORM: ReadonlyMap<string, (values: readonly Json[]) => Json> = new Map([
  ["lower", ([text]: readonly Json[]) => textOf(text).toLowerCase()],
  ["upper", ([text]: readonly Json[]) => textOf(text).toUpperCase()],
  ["length", ([text]: readonly Json[]) => ({ digits: String(characters(textOf(text)).length) })],
  ["tonumber", ([text]: readonly Json[]) => ({ digits: textOf(text) })],
  [
    "contains",
    ([list, due]: readonly Json[]) => isJsonList(list) && list.some((item) => isSameJson(item, due ?? null)),
  ],
  ["coalesce", (values: readonly Json[]) => values.find((value) => value !== null && value !== "") ?? null],
]);

const LEFT_TO_TERRAFORM: ReadonlyMap<string, (values: readonly Json[]) => Json> = new Map([
  ["toset", ([list]: readonly Json[]) => setOf(list)],
  ["jsondecode", ([text]: readonly Json[]) => decodeJson(textOf(text))],
  ["sha256", ([text]: readonly Json[]) => createHash("sha256").update(textOf(text)).digest("hex")],
  ["format", ([pattern, ...values]: readonly Json[]) => format(textOf(pattern), values)],
]);

function setOf(list: Json | undefined): Json {
  if (!isJsonList(list)) throw new ArgumentError("a list is due");
  const byText = new Map(list.map((item) => [jsonText(item), item]));
  return [...byText].sort(([left], [right]) => byCodePoint(left, right)).map(([, item]) => item);
}

function decodeJson(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    throw new ArgumentError("the text is no JSON");
  }
}

/** The verbs %s, %d, %v, %t and %q, with a width; others are Terraform's. */
function format(pattern: string, values: readonly Json[]): string {
  const rest = [...values];
  const text = pattern.replace(
    /%(%|([-0]*)(\d*)([^%\d-]|$))/g,
    (verb, all: string, flags: string, width: string, letter: string) => {
      if (all === "%") return "%";
      const value = rest.shift();
      if (value === undefined) throw new ArgumentError(`'${verb}' has no value`);
      const shown = formatOne(letter, verb, value);
      if (flags.includes("-")) return shown.padEnd(Number(width));
      return shown.padStart(Number(width), flags.includes("0") ? "0" : " ");
    },
  );
  if (rest.length > 0) throw new ArgumentError("there are more values than verbs");
  return text;
}

function formatOne(letter: string, verb: string, value: Json): string {
  const isPlain = !isJsonList(value) && !isJsonMap(value);
  switch (letter) {
    case "s":
      return textOf(value);
    case "v":
      return isPlain && value !== null ? textOf(value) : jsonText(value);
    case "q":
      return JSON.stringify(textOf(value));
    case "t":
      if (typeof value === "boolean") return String(value);
      throw new ArgumentError(`'${verb}' takes true or false`);
    case "d":
      if (/^-?\d+$/.test(textOf(value))) return textOf(value);
      throw new ArgumentError(`'${verb}' takes a whole number`);
    default:
      throw new ArgumentError(`only Terraform knows '${verb}'`);
  }
}

function textOf(json: Json | undefined): string {
  const value: Value = json === undefined ? null : valueOfJson(json);
  return asText(value);
}
