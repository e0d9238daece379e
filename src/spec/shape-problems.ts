import type { ErrorObject } from "ajv";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Range } from "../source/source.ts";
import { foreignWord } from "./foreign-words.ts";
import { type MapNode, nodeAt, type NodePath, type SpecNode } from "./node.ts";

const KINDS: Readonly<Record<string, string>> = {
  object: "a map",
  array: "a list",
  string: "text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  null: "empty",
};
const YES = /^(yes|on|y|true)$/i;
const NO = /^(no|off|n|false)$/i;

/** The key that an unknown one was meant to be, if there is one to guess; a missing one is the first guess. */
export function meantKey(
  steps: NodePath,
  error: ErrorObject,
  required: readonly ErrorObject[],
): { readonly key: string; readonly hint: string } | undefined {
  const key = String(error.params["additionalProperty"]);
  const known = knownKeys(error);
  const missing = required.map((one) => String(one.params["missingProperty"]));
  const foreign = foreignWord(key, steps, known);
  if (foreign) return foreign;
  const near = suggest(key, missing) ?? suggest(key, known);
  return near === undefined ? undefined : { key: near, hint: `did you mean '${near}'?` };
}

/** A key that the schema does not have here. */
export function describeUnknownKey(
  node: SpecNode,
  steps: NodePath,
  error: ErrorObject,
  meant: ReturnType<typeof meantKey>,
): Diagnostic {
  const key = String(error.params["additionalProperty"]);
  const inStack =
    steps.length === 2 && steps[0] === "stacks" ? "inputs of the module stand under 'inputs'; " : "";
  return {
    code: "unknown-key",
    severity: "error",
    message: `'${key}' is no key of ${whereOf(steps)}`,
    hint: meant?.hint ?? `${inStack}the keys here are ${listOf(knownKeys(error))}`,
    range: (node.kind === "map" ? node.entries.get(key)?.keyRange : undefined) ?? node.range,
  };
}

function knownKeys(error: ErrorObject): readonly string[] {
  return Object.keys((error.parentSchema?.["properties"] as object | undefined) ?? {});
}

/** A key that must be there and is not. */
export function describeMissingKey(
  root: MapNode,
  node: SpecNode,
  steps: NodePath,
  error: ErrorObject,
): Diagnostic {
  const key = String(error.params["missingProperty"]);
  const properties = error.parentSchema?.["properties"] as
    Record<string, { description?: string; const?: unknown; enum?: readonly unknown[] }> | undefined;
  const { description, const: constant, enum: values } = properties?.[key] ?? {};
  const means = values ? listOf(values.map(String)) : description;
  const added = constant === undefined ? `'${key}'` : `'${key}: ${String(constant)}'`;
  return {
    code: "missing-key",
    severity: "error",
    message: `${whereOf(steps)} has no '${key}'`,
    hint: means === undefined || constant !== undefined ? `add ${added}` : `add ${added}: ${means}`,
    range: keyRangeAt(root, steps) ?? firstKey(node) ?? node.range,
  };
}

/** Text that does not have the form that a name has here. */
export function describeBadName(node: SpecNode, error: ErrorObject): Diagnostic {
  const hint = error.parentSchema?.["patternErrorMessage"] as string | undefined;
  return {
    code: "bad-name",
    severity: "error",
    message: `${node.kind === "scalar" ? `'${String(node.value)}'` : "this"} is no name that can stand here`,
    hint: hint ?? `it must match ${String(error.params["pattern"])}`,
    range: node.range,
  };
}

/** A value of another kind than is due, or none of those that are. */
export function describeWrongType(
  node: SpecNode,
  steps: NodePath,
  group: readonly ErrorObject[],
): Diagnostic {
  const constants = group.flatMap(constantsOf);
  const types = group
    .filter((error) => error.keyword === "type")
    .flatMap((error) => [error.params["type"]].flat().map(String));
  const wanted = [
    ...(constants.length > 0 ? [oneOf(constants)] : []),
    ...types.filter((type) => type !== "null").map((type) => KINDS[type] ?? type),
  ];
  const must = constants.length > 0 ? wanted[0] : [...new Set(wanted)].join(" or ");
  const limit = group.find((error) => error.keyword === "minimum" || error.keyword === "maximum");
  const hint = hintFor(node, constants, types, steps);
  return {
    code: "wrong-type",
    severity: "error",
    message: limit
      ? `${whereOf(steps)} must be ${limit.keyword === "minimum" ? "at least" : "at most"} ${String(limit.params["limit"])}, and is ${describe(node)}`
      : `${whereOf(steps)} must be ${must === undefined || must === "" ? "something else" : must}, and is ${describe(node)}`,
    ...(hint !== undefined && { hint }),
    range: node.range,
  };
}

function hintFor(
  node: SpecNode,
  constants: readonly string[],
  types: readonly string[],
  steps: NodePath,
): string | undefined {
  const key = String(steps.at(-1) ?? "");
  if (key === "version" && constants.length > 0) return "this platc reads version 1 of the language";
  if (node.kind !== "scalar") {
    return types.includes("object") && node.kind === "list"
      ? "write names and values: 'name: value', without '-'"
      : undefined;
  }
  const { value } = node;
  if (types.includes("object") && typeof value === "string") return hintForMap(value, steps);
  if (types.includes("object") && value === null) return "write its entries under it, or take the key out";
  if (constants.length > 0) {
    const near = suggest(String(value), constants);
    return near === undefined ? undefined : `did you mean '${near}'?`;
  }
  if (types.every((type) => type === "array" || type === "null") && types.includes("array") && value !== null)
    return `write it as a list: [${String(value)}]`;
  if (types.includes("boolean") && YES.test(String(value))) return "write true, without quotes";
  if (types.includes("boolean") && NO.test(String(value))) return "write false, without quotes";
  if (types.includes("string") && value !== null && typeof value !== "string")
    return `write it in quotes: "${String(value)}"`;
  const isNumeral = typeof value === "string" && value !== "" && Number.isFinite(Number(value));
  if (isNumeral && (types.includes("number") || types.includes("integer")))
    return `write it without quotes: ${value}`;
  return undefined;
}

/** Text where a map is due is most often a key without its colon, or a stack that is only a module. */
function hintForMap(text: string, steps: NodePath): string | undefined {
  const [, key, value] = /^([a-z_]+) +(\S.*)$/s.exec(text) ?? [];
  if (key !== undefined) return `a ':' is missing: '${key}: ${value}'`;
  return steps.length === 2 && steps[0] === "stacks"
    ? `write 'module: ${text}' under '${String(steps[1])}'`
    : undefined;
}

function oneOf(constants: readonly string[]): string {
  return constants.length === 1 ? (constants[0] ?? "") : `one of ${listOf(constants)}`;
}

function constantsOf(error: ErrorObject): string[] {
  if (error.keyword === "enum") return (error.params["allowedValues"] as unknown[]).map(String);
  return error.keyword === "const" ? [String(error.params["allowedValue"])] : [];
}

function describe(node: SpecNode): string {
  if (node.kind === "map") return "a map";
  if (node.kind === "list") return "a list";
  if (node.kind === "unset" || node.value === null) return "empty";
  if (typeof node.value !== "string") return String(node.value);
  return `the text '${node.value.length > 40 ? `${node.value.slice(0, 40)}…` : node.value}'`;
}

function keyRangeAt(root: MapNode, steps: NodePath): Range | undefined {
  const last = steps.at(-1);
  const parent = nodeAt(root, steps.slice(0, -1));
  return parent?.kind === "map" && last !== undefined
    ? parent.entries.get(String(last))?.keyRange
    : undefined;
}

function firstKey(node: SpecNode): Range | undefined {
  return node.kind === "map" ? [...node.entries.values()][0]?.keyRange : undefined;
}

function whereOf(steps: NodePath): string {
  return steps.length === 0 ? "the spec" : `'${steps.join(".")}'`;
}

function listOf(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}
