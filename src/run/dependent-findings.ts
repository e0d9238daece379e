import { destroysOrReplaces } from "../plans/destroys-or-replaces.ts";
import type { Plan } from "../plans/plan.ts";
import type { Stack } from "../stacks/stack.ts";
import type { Finding } from "./run-event.ts";
import type { RunContext } from "./run-context.ts";

/**
 * A resource that is replaced or destroyed while dependents hold something in it: Terraform cannot order across
 * states, so the dependents are named, and the ways out.
 */
export function dependentFindings(context: RunContext, stack: Stack, plan: Plan): readonly Finding[] {
  const lost = destroysOrReplaces(plan);
  if (lost.length === 0) return [];
  const dependents = context.platform.stacks.filter((one) =>
    one.consumed.some((consumed) => consumed.address === stack.address),
  );
  if (dependents.length === 0) return [];
  const names = dependents.map((one) => `'${one.address}'`).join(", ");
  const shown = lost
    .slice(0, 3)
    .map((address) => `'${address}'`)
    .join(", ");
  return [
    {
      message: `${shown}${lost.length > 3 ? ` and ${lost.length - 3} more` : ""} would be destroyed or replaced, and ${names} may hold something in it`,
      hint: "destroy the dependents first, keep the old resource by 'create_before_destroy' or another name, or let the dependents move over before the old one goes",
    },
  ];
}
