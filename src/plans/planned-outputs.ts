import type { Plan } from "./plan.ts";
import type { PartialValue } from "./value.ts";

/**
 * All outputs that the root will have after apply, unchanged ones included, as far as the plan knows them.
 * An errored plan says too little about its outputs: there the caller takes all of them as unknown.
 */
export function plannedOutputs(plan: Plan): ReadonlyMap<string, PartialValue> {
  const outputs = new Map<string, PartialValue>();
  for (const [name, change] of plan.outputChanges) {
    if (change.action !== "delete") outputs.set(name, change.after);
  }
  return outputs;
}
