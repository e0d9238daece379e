import { lostObjects } from "../plans/lost-objects.ts";
import type { Plan } from "../plans/plan.ts";
import { planToJson } from "../plans/plan-to-json.ts";
import { renderPlan } from "../plans/render-plan.ts";
import { shortenPlan } from "../plans/shorten-plan.ts";
import { summarisePlan } from "../plans/summarise-plan.ts";
import { redactLines } from "./redact-lines.ts";
import { secretRedactor } from "./secret-redactor.ts";
import { planValues } from "./secret-texts.ts";
import type { StackPlanned } from "./run-event.ts";

/**
 * What a plan of one stack says, as an event. Terraform forgets the mark of what a resource computes from a sensitive
 * value, and of what lies in the state from earlier: what is sensitive anywhere in the plan is shown nowhere in it.
 */
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
  const redact = secretRedactor(planValues(plan, ["before", "after"]));
  const lost = lostObjects(plan).map(({ address, action, reason }) => ({
    address: redact(address),
    action,
    ...(reason !== undefined && { reason: redact(reason) }),
  }));
  return {
    kind: "stack-planned",
    address,
    summary: summarisePlan(plan),
    lines: redactLines(renderPlan(plan), redact),
    ...planToJson(plan, redact),
    ...(short && { short }),
    ...(lost.length > 0 && { lost }),
    overlaidBy,
    ...(steps.length > 0 && { steps }),
    findings,
  };
}
