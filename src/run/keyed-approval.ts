import { createHmac } from "node:crypto";
import type { Approval } from "../plans/approval.ts";
import { normaliseChanges } from "../plans/normalise-changes.ts";
import type { Plan } from "../plans/plan.ts";

/** What an approval holds of a plan, sensitive values as hashes under a key: only those of one key can be compared. */
export function keyedApproval(plan: Plan, key: string): Approval {
  return normaliseChanges(plan, (text) => createHmac("sha256", key).update(text).digest("hex"));
}
