import { randomBytes } from "node:crypto";
import { type ApprovalEntry, type ApprovalSubject, approvalId } from "../ledger/approval-entry.ts";
import { approvalToJson } from "../plans/approval-to-json.ts";
import { byCodePoint } from "../text/compare.ts";
import { invariant } from "../diagnostics/invariant.ts";
import { keyedApproval } from "./keyed-approval.ts";
import { type FoundApproval, readApprovals } from "./read-approvals.ts";
import type { RunContext } from "./run-context.ts";
import type { PlannedStack } from "./stack-plan.ts";
import { whoAmI } from "./who-am-i.ts";

/** What no environment before has proven, by address. */
export type Unproven = ReadonlyMap<string, readonly string[]>;

/**
 * Puts what was shown forward, for somebody to decide with `platc approve ID`. Where exactly the same was put
 * forward before and not used, it gives that one, decided or not.
 */
export async function proposeApproval(
  context: RunContext,
  plans: readonly PlannedStack[],
  reason: ApprovalEntry["reason"],
  unproven: Unproven,
): Promise<ApprovalEntry> {
  const [first] = plans;
  invariant(first, "an approval of nothing");
  // Approvals lie in the ledger of the first stack that they are about.
  const ledger = await context.ledger(first.knowledge.stack);
  const earlier = (await readApprovals([ledger])).find((found) => isSame(context, plans, unproven, found));
  if (earlier) return earlier.approval.entry;
  const proposed = await ledger.approvals.propose({
    ...subjectOf(context, plans, unproven, randomBytes(16).toString("hex")),
    runId: context.runId,
    reason,
    plannedAt: context.now().toISOString(),
    plannedBy: whoAmI(),
  });
  return proposed.entry;
}

function isSame(
  context: RunContext,
  plans: readonly PlannedStack[],
  unproven: Unproven,
  { approval }: FoundApproval,
): boolean {
  const { id, salt, usedBy } = approval.entry;
  return usedBy === null && approvalId(subjectOf(context, plans, unproven, salt)) === id;
}

function subjectOf(
  context: RunContext,
  plans: readonly PlannedStack[],
  unproven: Unproven,
  salt: string,
): ApprovalSubject {
  return {
    platform: context.platform.spec.name,
    command: "apply",
    target: context.target.kind,
    salt,
    stacks: plans
      .map((planned) => ({
        ...approvedStack(context, planned, salt),
        unproven: unproven.get(planned.knowledge.stack.address) ?? [],
      }))
      .sort((left, right) => byCodePoint(left.address, right.address)),
  };
}

function approvedStack(
  context: RunContext,
  { knowledge, plan, overlaidBy, steps }: PlannedStack,
  salt: string,
): Omit<ApprovalSubject["stacks"][number], "unproven"> {
  const { stack, state } = knowledge;
  const manifest = context.manifestByAddress.get(stack.address);
  invariant(manifest, `'${stack.address}' is not in the manifest`);
  return {
    address: stack.address,
    action: "apply",
    stackDigest: manifest.digest,
    releaseDigest: manifest.release,
    state: state ? { lineage: state.lineage, serial: state.serial } : null,
    hasUnknowns: overlaidBy.length > 0,
    changes: approvalToJson(keyedApproval(context, plan, salt)),
    ...(steps.length > 0 && { steps: steps.map(({ name }) => name) }),
  };
}
