import { createHmac } from "node:crypto";
import type { Approval } from "../plans/approval.ts";
import { normaliseChanges } from "../plans/normalise-changes.ts";
import type { Plan } from "../plans/plan.ts";
import type { RunContext } from "./run-context.ts";
import { secretTest } from "./secret-test.ts";
import { planValues, secretTexts } from "./secret-texts.ts";

/**
 * What an approval holds of a plan, secrets as hashes under a key: only those of one key can be compared. A secret is
 * what Terraform calls sensitive, and, since a provider may return it without that mark, whatever holds the value of
 * a sensitive variable, or a text that is sensitive in the state.
 */
export function keyedApproval(context: RunContext, plan: Plan, key: string): Approval {
  const hash = (text: string): string => createHmac("sha256", key).update(text).digest("hex");
  const { platform, variable } = context;
  // Not what will be: that is known later than the rest, and the same value would be a hash in one of two plans only.
  const stored = secretTexts(planValues(plan, ["before"]));
  return normaliseChanges(plan, hash, secretTest({ spec: platform.spec, variable, stored }));
}
