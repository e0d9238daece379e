import type { Approval } from "../plans/approval.ts";
import type { Plan } from "../plans/plan.ts";
import type { PartialValue } from "../plans/value.ts";
import type { DiagnosticPlace } from "../terraform/events.ts";
import type { PlannedStep } from "./planned-step.ts";
import type { BlockedOutcome, Finding } from "./run-event.ts";
import type { StackKnowledge } from "./stack-knowledge.ts";

/** The outputs of a stack as its dependents see them in this run. */
export interface OutputView {
  /** Whether the state holds these values already, so that dependents read them from there. */
  readonly isApplied: boolean;
  /** Whether an output that is not among these is null: Terraform keeps no null. Else it is not there yet. */
  readonly isWhole: boolean;
  /** Undefined where nothing at all is known, as of a deferred stack. */
  readonly outputs: ReadonlyMap<string, PartialValue> | undefined;
}

/** What a plan found out about one stack. */
export type StackPlan =
  | UpToDatePlan
  | PlannedStack
  | {
      readonly status: "deferred";
      readonly knowledge: StackKnowledge;
      readonly reason: string;
      /** Upstreams whose outputs are not as they will be. */
      readonly overlaidBy: readonly string[];
    }
  | {
      readonly status: "failed";
      readonly message: string;
      readonly hint: string | undefined;
      readonly details: readonly Finding[];
      readonly resource?: string;
      readonly place?: DiagnosticPlace;
    }
  | BlockedOutcome
  | { readonly status: "interrupted" };

export interface UpToDatePlan {
  readonly status: "up-to-date";
  readonly knowledge: StackKnowledge;
}

export interface PlannedStack {
  readonly status: "planned";
  readonly knowledge: StackKnowledge;
  readonly plan: Plan;
  /** What was shown, without secrets: what the real plan is compared with. */
  readonly approval: Approval;
  /** Upstreams whose planned outputs stood in: then the plan is made again at the stack's turn. */
  readonly overlaidBy: readonly string[];
  /** Whether Terraform has anything to do: resources or outputs. */
  readonly hasChanges: boolean;
  /** Steps beside Terraform that are going to run after it, or may have to. */
  readonly steps: readonly PlannedStep[];
  readonly findings: readonly Finding[];
}

/** Whether an apply would do anything: Terraform, or a step beside it. */
export function isChanging({ hasChanges, steps }: Pick<PlannedStack, "hasChanges" | "steps">): boolean {
  return hasChanges || steps.length > 0;
}
