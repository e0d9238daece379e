import type { Plan } from "../plans/plan.ts";
import { shortenPlan } from "../plans/shorten-plan.ts";
import { summarisePlan } from "../plans/summarise-plan.ts";
import { planLines } from "./plan-lines.ts";
import type { StackPlanned } from "./run-event.ts";

/** What a plan of one stack says, as an event. */
export function stackPlanned(
  address: string,
  plan: Plan,
  {
    overlaidBy = [],
    findings = [],
    steps = [],
  }: Partial<Pick<StackPlanned, "overlaidBy" | "findings" | "steps">> = {},
): StackPlanned {
  const short = shortenPlan(plan);
  return {
    kind: "stack-planned",
    address,
    summary: summarisePlan(plan),
    lines: planLines(plan),
    ...(short && { short }),
    overlaidBy,
    ...(steps.length > 0 && { steps }),
    findings,
  };
}
