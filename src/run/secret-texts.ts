import type { Plan } from "../plans/plan.ts";
import type { PartialValue } from "../plans/value.ts";

/** Shorter texts say little, and stand in many places by chance. */
export const SHORTEST_SECRET = 8;

/** Every text that is sensitive in one of these values, line by line. */
export function secretTexts(values: readonly PartialValue[]): ReadonlySet<string> {
  const secrets = new Set<string>();
  for (const value of values) collectSecrets(value, false, secrets);
  return secrets;
}

/** The values of all that a plan speaks of, as they were and as they will be. */
export function planValues(plan: Plan, sides: readonly ("before" | "after")[]): readonly PartialValue[] {
  return [...plan.changes, ...plan.outputChanges.values()].flatMap((change) =>
    sides.map((side) => change[side]),
  );
}

function collectSecrets(value: PartialValue, isInside: boolean, secrets: Set<string>): void {
  const isSensitive = isInside || value.sensitive === true;
  if (value.kind === "list") for (const item of value.items) collectSecrets(item, isSensitive, secrets);
  if (value.kind === "map")
    for (const entry of value.entries.values()) collectSecrets(entry, isSensitive, secrets);
  if (!isSensitive || value.kind !== "scalar" || typeof value.value !== "string") return;
  for (const line of value.value.split("\n")) if (line.trim() !== "") secrets.add(line.trim());
}
