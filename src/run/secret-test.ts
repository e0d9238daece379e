import type { IsSecret } from "../plans/normalise-value.ts";
import type { PartialValue } from "../plans/value.ts";
import { textOf } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import { SHORTEST_SECRET } from "./secret-texts.ts";

/** What tells which texts are secret: sensitive variables, and the texts that are sensitive in a plan or state. */
export interface KnownSecrets {
  readonly spec: PlatformSpec;
  readonly variable: (name: string) => string | undefined;
  readonly stored: ReadonlySet<string>;
}

/**
 * Tells a secret without Terraform's mark, which a provider may lose: a text that is the value of a sensitive
 * variable, or holds such a value or a stored one that is not short.
 */
export function secretTest({ spec, variable, stored }: KnownSecrets): IsSecret {
  const given = variableSecrets(spec, variable);
  const long = [...given, ...stored]
    .filter((text) => text.length >= SHORTEST_SECRET)
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
  return (text) => given.has(text) || long.some((secret) => text.includes(secret));
}

/** Whether a value is marked as sensitive in any part, or a text, number or key in it is secret. */
export function holdsSecret(value: PartialValue, isSecret: IsSecret): boolean {
  if (value.sensitive === true) return true;
  switch (value.kind) {
    case "unknown":
      return false;
    case "scalar":
      return typeof value.value === "string" && isSecret(value.value);
    case "number":
      return isSecret(value.digits);
    case "list":
      return value.items.some((item) => holdsSecret(item, isSecret));
    case "map":
      return [...value.entries].some(([key, entry]) => isSecret(key) || holdsSecret(entry, isSecret));
  }
}

/** The values of sensitive variables; of one that is JSON, its leaves too. */
function variableSecrets(spec: PlatformSpec, variable: KnownSecrets["variable"]): ReadonlySet<string> {
  const sensitive = [...spec.variables.values()].filter((one) => one.isSensitive);
  const values = sensitive.flatMap(
    ({ name, node }) => variable(name) ?? textOf(node.entries.get("default")?.value) ?? [],
  );
  return new Set(values.flatMap((value) => [value, ...leavesOf(value)]).filter((text) => text !== ""));
}

function leavesOf(text: string): readonly string[] {
  try {
    return textsIn(JSON.parse(text));
  } catch {
    return [];
  }
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
