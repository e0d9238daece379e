import { createHmac } from "node:crypto";
import type { Approval } from "../plans/approval.ts";
import { normaliseChanges } from "../plans/normalise-changes.ts";
import type { Plan } from "../plans/plan.ts";
import { textOf } from "../spec/node.ts";
import type { RunContext } from "./run-context.ts";
import { planValues, secretTexts, SHORTEST_SECRET } from "./secret-texts.ts";

/**
 * What an approval holds of a plan, secrets as hashes under a key: only those of one key can be compared. A secret is
 * what Terraform calls sensitive, and, since a provider may return it without that mark, whatever holds the value of
 * a sensitive variable, or a text that is sensitive in the state.
 */
export function keyedApproval(context: RunContext, plan: Plan, key: string): Approval {
  const hash = (text: string): string => createHmac("sha256", key).update(text).digest("hex");
  const given = variableSecrets(context);
  // Not what will be: that is known later than the rest, and the same value would be a hash in one of two plans only.
  const stored = [...secretTexts(planValues(plan, ["before"]))].filter((text) => isLong(text));
  const long = [...given, ...stored]
    .filter(isLong)
    .flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]);
  const isSecret = (text: string): boolean => given.has(text) || long.some((secret) => text.includes(secret));
  return normaliseChanges(plan, hash, isSecret);
}

function isLong(text: string): boolean {
  return text.length >= SHORTEST_SECRET;
}

/** The values of sensitive variables; of one that is JSON, its leaves too. */
function variableSecrets(context: RunContext): ReadonlySet<string> {
  const sensitive = [...context.platform.spec.variables.values()].filter((variable) => variable.isSensitive);
  const values = sensitive.flatMap(
    ({ name, node }) => context.variable(name) ?? textOf(node.entries.get("default")?.value) ?? [],
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
