import type { ErrorObject } from "ajv";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Range } from "../source/source.ts";
import { type MapNode, nodeAt, type NodePath, type SpecNode } from "./node.ts";
import { plain } from "./plain.ts";
import validate from "./platform-validator.generated.js";

/** What the schema says is wrong with a spec: unknown and missing keys, values of the wrong kind, bad names. */
export function checkShape(root: MapNode): readonly Diagnostic[] {
  if (validate(plain(root))) return [];
  const errors = (validate.errors ?? []) as readonly ErrorObject[];
  const byPath = new Map<string, ErrorObject[]>();
  for (const error of errors)
    byPath.set(error.instancePath, [...(byPath.get(error.instancePath) ?? []), error]);
  const paths = [...byPath.keys()];
  const result: Diagnostic[] = [];
  for (const [path, group] of byPath) {
    const hasDeeper = paths.some((other) => other.startsWith(`${path}/`));
    result.push(...describeGroup(root, path, group, hasDeeper));
  }
  return result;
}

function describeGroup(
  root: MapNode,
  path: string,
  group: readonly ErrorObject[],
  hasDeeper: boolean,
): Diagnostic[] {
  const steps = stepsOf(path);
  const node = nodeAt(root, steps) ?? root;
  const found: Diagnostic[] = [];
  for (const error of group) {
    if (error.keyword === "additionalProperties") found.push(unknownKey(node, steps, error));
    if (error.keyword === "required") found.push(missingKey(root, node, steps, error));
  }
  if (found.length > 0 || hasDeeper) return found;
  const [pattern] = group.filter((error) => error.keyword === "pattern");
  if (pattern) return [badName(node, pattern)];
  return [wrongType(node, steps, group)];
}

function unknownKey(node: SpecNode, steps: NodePath, error: ErrorObject): Diagnostic {
  const key = String(error.params["additionalProperty"]);
  const known = Object.keys((error.parentSchema?.["properties"] as object | undefined) ?? {});
  const near = suggest(key, known);
  const range = node.kind === "map" ? (node.entries.get(key)?.keyRange ?? node.range) : node.range;
  return {
    code: "unknown-key",
    severity: "error",
    message: `'${key}' is no key of ${whereOf(steps)}`,
    hint: near ? `did you mean '${near}'?` : `the keys here are ${listOf(known)}`,
    range,
  };
}

function missingKey(root: MapNode, node: SpecNode, steps: NodePath, error: ErrorObject): Diagnostic {
  const key = String(error.params["missingProperty"]);
  const properties = error.parentSchema?.["properties"] as
    Record<string, { description?: string }> | undefined;
  const description = properties?.[key]?.description;
  return {
    code: "missing-key",
    severity: "error",
    message: `${whereOf(steps)} has no '${key}'`,
    hint: description ? `add '${key}': ${description}` : `add '${key}'`,
    range: keyRangeAt(root, steps) ?? node.range,
  };
}

function badName(node: SpecNode, error: ErrorObject): Diagnostic {
  const hint = error.parentSchema?.["patternErrorMessage"] as string | undefined;
  return {
    code: "bad-name",
    severity: "error",
    message: `'${node.kind === "scalar" ? String(node.value) : "this"}' is no name that can stand here`,
    hint: hint ?? `it must match ${String(error.params["pattern"])}`,
    range: node.range,
  };
}

function wrongType(node: SpecNode, steps: NodePath, group: readonly ErrorObject[]): Diagnostic {
  const constants = group.flatMap((error) => constantsOf(error));
  const types = group
    .filter((error) => error.keyword === "type")
    .flatMap((error) => [error.params["type"]].flat().map(String));
  const written = node.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
  const near = written === undefined ? undefined : suggest(written, constants);
  const wanted = constants.length > 0 ? `one of ${listOf(constants)}` : types.map(kindName).join(" or ");
  const [first] = group;
  return {
    code: "wrong-type",
    severity: "error",
    message:
      wanted === ""
        ? `${whereOf(steps)} ${first?.message ?? "does not fit here"}`
        : `${whereOf(steps)} must be ${wanted}, and is ${describe(node)}`,
    ...(near !== undefined && { hint: `did you mean '${near}'?` }),
    range: node.range,
  };
}

function constantsOf(error: ErrorObject): string[] {
  if (error.keyword === "enum") return (error.params["allowedValues"] as unknown[]).map(String);
  return error.keyword === "const" ? [String(error.params["allowedValue"])] : [];
}

function kindName(type: string): string {
  const names: Record<string, string> = {
    object: "a map",
    array: "a list",
    string: "text",
    number: "a number",
    integer: "a whole number",
    boolean: "true or false",
    null: "empty",
  };
  return names[type] ?? type;
}

function describe(node: SpecNode): string {
  if (node.kind === "map") return "a map";
  if (node.kind === "list") return "a list";
  if (node.kind === "unset" || node.value === null) return "empty";
  return typeof node.value === "string"
    ? `the text '${node.value.length > 40 ? `${node.value.slice(0, 40)}…` : node.value}'`
    : `${node.value}`;
}

function keyRangeAt(root: MapNode, steps: NodePath): Range | undefined {
  const last = steps.at(-1);
  const parent = nodeAt(root, steps.slice(0, -1));
  return parent?.kind === "map" && last !== undefined
    ? parent.entries.get(String(last))?.keyRange
    : undefined;
}

function whereOf(steps: NodePath): string {
  return steps.length === 0 ? "the spec" : `'${steps.join(".")}'`;
}

function listOf(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}

function stepsOf(path: string): string[] {
  return path
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
