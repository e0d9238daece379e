import type { ErrorObject } from "ajv";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { type MapNode, nodeAt } from "./node.ts";
import { plain } from "./plain.ts";
import validate from "./platform-validator.generated.js";
import {
  describeBadName,
  describeMissingKey,
  describeUnknownKey,
  describeWrongType,
  meantKey,
} from "./shape-problems.ts";

/** What the schema says is wrong with a spec: unknown and missing keys, values of the wrong kind, bad names. */
export function checkShape(root: MapNode): readonly Diagnostic[] {
  if (validate(plain(root))) return [];
  const errors = (validate.errors ?? []) as readonly ErrorObject[];
  const byPath = new Map<string, ErrorObject[]>();
  for (const error of errors)
    byPath.set(error.instancePath, [...(byPath.get(error.instancePath) ?? []), error]);
  const paths = [...byPath.keys()];
  return [...byPath].flatMap(([path, group]) => {
    const hasDeeper = paths.some((other) => other.startsWith(`${path}/`));
    return describeGroup(root, stepsOf(path), group, hasDeeper);
  });
}

function describeGroup(
  root: MapNode,
  steps: readonly string[],
  group: readonly ErrorObject[],
  hasDeeper: boolean,
): Diagnostic[] {
  const node = nodeAt(root, steps) ?? root;
  const ofKeyword = (keyword: string): readonly ErrorObject[] =>
    group.filter((error) => error.keyword === keyword);
  const required = ofKeyword("required");
  const guesses = ofKeyword("additionalProperties").map((error) => ({
    error,
    meant: meantKey(steps, error, required),
  }));
  const unknown = guesses.map(({ error, meant }) => describeUnknownKey(node, steps, error, meant));
  // A misspelt key is no missing one too.
  const missing = required
    .filter((error) => !guesses.some(({ meant }) => meant?.key === error.params["missingProperty"]))
    .map((error) => describeMissingKey(root, node, steps, error));
  if (unknown.length + missing.length > 0 || hasDeeper) return [...unknown, ...missing];
  const [pattern] = ofKeyword("pattern");
  return [pattern ? describeBadName(node, pattern) : describeWrongType(node, steps, group)];
}

function stepsOf(path: string): string[] {
  return path
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}
