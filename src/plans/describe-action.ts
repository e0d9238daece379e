import type { PlanAction, ReplacementOrder } from "./plan.ts";

export interface DescribedAction {
  readonly action: PlanAction;
  readonly replacementOrder?: ReplacementOrder;
  readonly previousAddress?: string;
  readonly importing?: unknown;
}

const REPLACED: Readonly<Record<ReplacementOrder, string>> = {
  "destroy-first": "must be replaced",
  "create-before-destroy": "must be replaced (the new one is created first)",
  "create-then-forget": "must be replaced (the old one is not destroyed, only forgotten)",
  "forget-first": "must be replaced (the old one is forgotten first, not destroyed)",
};

/** What happens to an object, in Terraform's words, to stand after its address. */
export function describeAction(change: DescribedAction): string {
  switch (change.action) {
    case "create":
      return "will be created";
    case "update":
      return "will be updated in-place";
    case "replace":
      return REPLACED[change.replacementOrder ?? "destroy-first"];
    case "delete":
      return "will be destroyed";
    case "forget":
      return "will no longer be managed by Terraform, but will not be destroyed";
    case "read":
      return "will be read during apply";
    case "no-op":
      if (change.importing !== undefined) return "will be imported";
      return change.previousAddress === undefined
        ? "stays as it is"
        : `has moved from ${change.previousAddress}`;
  }
}
