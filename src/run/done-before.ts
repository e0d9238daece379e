import type { PlanSummary } from "../plans/summarise-plan.ts";
import type { StackOutcome } from "./run-event.ts";

/** What Terraform had done of a stack whose steps or checks do not end well: part of the outcome that says so. */
export function doneBefore(outcome: StackOutcome): { readonly summary?: PlanSummary } {
  return outcome.status === "applied" ? { summary: outcome.summary } : {};
}
