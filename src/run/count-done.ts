import type { PlanSummary } from "../plans/summarise-plan.ts";
import type { ChangeAction, TerraformEvent } from "../terraform/events.ts";

/**
 * What an apply has done, by what Terraform told of each resource: also of one that failed later. What was destroyed
 * and made anew counts once, as replaced.
 */
export function countDone(events: readonly TerraformEvent[]): PlanSummary {
  const actionsByAddress = new Map<string, Set<ChangeAction>>();
  for (const event of events) {
    if (event.kind !== "apply_complete" || event.action === undefined) continue;
    const { address } = event.resource;
    actionsByAddress.set(address, (actionsByAddress.get(address) ?? new Set()).add(event.action));
  }
  const done = [...actionsByAddress.values()].map(actionOf);
  const count = (action: ChangeAction): number => done.filter((one) => one === action).length;
  return {
    add: count("create"),
    change: count("update"),
    replace: count("replace"),
    destroy: count("delete"),
    import: 0,
    forget: 0,
    move: 0,
  };
}

function actionOf(actions: ReadonlySet<ChangeAction>): ChangeAction | undefined {
  const [first] = actions;
  return actions.has("create") && actions.has("delete") ? "replace" : first;
}
