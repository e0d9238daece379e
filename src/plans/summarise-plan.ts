import type { Plan } from "./plan.ts";

/** How many objects each thing happens to. A replacement counts once, as a replacement, not as one added and one destroyed. */
export interface PlanSummary {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
  readonly import: number;
  readonly forget: number;
  readonly move: number;
}

/** Counts the changes of a plan. What is imported or moved and changed too counts as both. */
export function summarisePlan(plan: Plan): PlanSummary {
  const count = (action: string): number => plan.changes.filter((change) => change.action === action).length;
  return {
    add: count("create"),
    change: count("update"),
    replace: count("replace"),
    destroy: count("delete"),
    import: plan.changes.filter((change) => change.importing !== undefined).length,
    forget: count("forget"),
    move: plan.changes.filter((change) => change.previousAddress !== undefined).length,
  };
}
