import type { PlanLine } from "../plans/plan-line.ts";
import type { Plan } from "../plans/plan.ts";
import { renderPlan } from "../plans/render-plan.ts";
import { redactLines } from "./redact-lines.ts";
import { planValues } from "./secret-texts.ts";

/**
 * A plan for people. Terraform forgets the mark of what a resource computes from a sensitive value, and of what lies
 * in the state from earlier: what is sensitive anywhere in the plan is shown nowhere in it.
 */
export function planLines(plan: Plan): readonly PlanLine[] {
  return redactLines(renderPlan(plan), planValues(plan, ["before", "after"]));
}
