import type { Plan } from "./plan.ts";

/** Addresses whose object will be gone or another one after apply. Deposed leftovers, which nothing refers to, are not among them. */
export function destroysOrReplaces(plan: Plan): readonly string[] {
  return plan.changes
    .filter(
      (change) => change.deposed === undefined && (change.action === "delete" || change.action === "replace"),
    )
    .map((change) => change.address);
}
