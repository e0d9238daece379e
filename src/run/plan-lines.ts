import type { PlanLine } from "../plans/plan-line.ts";
import type { Plan } from "../plans/plan.ts";
import { renderPlan } from "../plans/render-plan.ts";
import { planValues, secretTexts, SHORTEST_SECRET } from "./secret-texts.ts";

/**
 * A plan for people. Terraform forgets the mark of what a resource computes from a sensitive value, and of what lies
 * in the state from earlier: what is sensitive anywhere in the plan is shown nowhere in it.
 */
export function planLines(plan: Plan): readonly PlanLine[] {
  const secrets = [...secretTexts(planValues(plan, ["before", "after"]))]
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    .filter((shown) => shown.length >= SHORTEST_SECRET)
    .sort((left, right) => right.length - left.length);
  const redact = (text: string): string =>
    secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "(sensitive)"), text);
  return secrets.length === 0
    ? renderPlan(plan)
    : renderPlan(plan).map((line) => ({ ...line, text: redact(line.text) }));
}
