import type { PlanLine } from "../plans/plan-line.ts";
import type { Plan } from "../plans/plan.ts";
import { renderPlan } from "../plans/render-plan.ts";
import type { PartialValue } from "../plans/value.ts";

/** Shorter texts say little, and stand in many places by chance. */
const SHORTEST_SECRET = 8;

/**
 * A plan for people. Terraform forgets the mark of what a resource computes from a sensitive value, and of what lies
 * in the state from earlier: what is sensitive anywhere in the plan is shown nowhere in it.
 */
export function planLines(plan: Plan): readonly PlanLine[] {
  const secrets = new Set<string>();
  for (const { before, after } of [...plan.changes, ...plan.outputChanges.values()])
    for (const value of [before, after]) collectSecrets(value, false, secrets);
  const longestFirst = [...secrets].sort((left, right) => right.length - left.length);
  const redact = (text: string): string =>
    longestFirst.reduce((redacted, secret) => redacted.replaceAll(secret, "(sensitive)"), text);
  return secrets.size === 0
    ? renderPlan(plan)
    : renderPlan(plan).map((line) => ({ ...line, text: redact(line.text) }));
}

function collectSecrets(value: PartialValue, isInside: boolean, secrets: Set<string>): void {
  const isSensitive = isInside || value.sensitive === true;
  if (value.kind === "list") for (const item of value.items) collectSecrets(item, isSensitive, secrets);
  if (value.kind === "map")
    for (const entry of value.entries.values()) collectSecrets(entry, isSensitive, secrets);
  if (!isSensitive || value.kind !== "scalar" || typeof value.value !== "string") return;
  for (const line of value.value.split("\n")) {
    const shown = JSON.stringify(line.trim()).slice(1, -1);
    if (shown.length >= SHORTEST_SECRET) secrets.add(shown);
  }
}
