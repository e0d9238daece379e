import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Approval } from "../../../src/plans/approval.ts";
import { normaliseChanges } from "../../../src/plans/normalise-changes.ts";
import { parsePlan } from "../../../src/plans/parse-plan.ts";
import type { Plan } from "../../../src/plans/plan.ts";

/** `terraform show -json` of a real plan: "pairs/ovl1" or "recorded/varied". */
export function recordedText(name: string): string {
  return readFileSync(new URL(`${name}.json`, import.meta.url), "utf8");
}

export function recordedPlan(name: string): Plan {
  return parsePlan(recordedText(name));
}

export function recordedApproval(name: string): Approval {
  return normaliseChanges(recordedPlan(name), testHash);
}

export function testHash(text: string): string {
  return createHmac("sha256", "test key").update(text).digest("hex");
}
