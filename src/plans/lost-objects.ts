import { describeReason } from "./describe-reason.ts";
import { formatPath } from "./format-path.ts";
import { objectName } from "./object-name.ts";
import type { Plan, ResourceChange } from "./plan.ts";

/** An object that is gone after an apply, or another one under the same address. */
export interface LostObject {
  readonly address: string;
  readonly action: "replace" | "delete";
  /** Why, such as `because of bucket`; left out where the plan does not say. */
  readonly reason?: string;
}

/** What a plan replaces and destroys, in its order, as many as its summary counts. */
export function lostObjects(plan: Plan): readonly LostObject[] {
  return plan.changes.flatMap((change): readonly LostObject[] => {
    const { action } = change;
    if (action !== "replace" && action !== "delete") return [];
    const reason = reasonOf(change);
    return [{ address: objectName(change), action, ...(reason !== undefined && { reason }) }];
  });
}

function reasonOf({ replacePaths, actionReason }: ResourceChange): string | undefined {
  if (replacePaths.length > 0) return `because of ${replacePaths.map(formatPath).join(", ")}`;
  return actionReason === undefined ? undefined : describeReason(actionReason);
}
