import { userInfo, hostname } from "node:os";
import type { Stamped } from "../ledger/entry.ts";
import type { ApprovalEntry, ApprovedStack } from "../ledger/approval-entry.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { approvalFromJson } from "../plans/approval-from-json.ts";
import { approvalToJson } from "../plans/approval-to-json.ts";
import { comparePlans } from "../plans/compare-plans.ts";
import { StoreMissingError } from "../stores/store-error.ts";
import { invariant } from "../diagnostics/invariant.ts";
import type { PlatformPlan, Selection } from "./plan-platform.ts";
import type { RunContext } from "./run-context.ts";
import type { PlannedStack } from "./stack-plan.ts";

/** An approval that somebody has given and no run has used yet, with the ledger that it lies in. */
export interface GivenApproval {
  readonly approval: Stamped<ApprovalEntry>;
  readonly ledger: Ledger;
}

/** The newest approval that was given for the selected stacks on this target and is not used up; it keys the hashes of the plan. */
export async function findGivenApproval(
  context: RunContext,
  selection: Selection,
): Promise<GivenApproval | undefined> {
  const stacks = selection.addresses.flatMap((address) => context.platform.stackByAddress.get(address) ?? []);
  const ledgers = new Set(await Promise.all(stacks.map(async (stack) => context.ledger(stack))));
  const all = (await Promise.all([...ledgers].map(readApprovals))).flat();
  const isMeant = ({ approval: { entry } }: GivenApproval): boolean =>
    entry.decision?.outcome === "approved" &&
    entry.usedBy === null &&
    entry.command === "apply" &&
    entry.platform === context.platform.spec.name &&
    entry.target === context.target.kind &&
    entry.stacks.some((stack) => selection.addresses.includes(stack.address));
  const byTime = ({ approval }: GivenApproval): string => approval.entry.plannedAt;
  const [newest] = all.filter(isMeant).sort((left, right) => byTime(right).localeCompare(byTime(left)));
  return newest;
}

async function readApprovals(ledger: Ledger): Promise<readonly GivenApproval[]> {
  const ids = await ledger.approvals.ids().catch(noBackend);
  const read = await Promise.all(ids.map((id) => ledger.approvals.read(id)));
  return read.filter((approval) => approval !== undefined).map((approval) => ({ approval, ledger }));
}

/** What of a plan an approval does not cover, one sentence for each thing; empty where it may be applied. */
export function uncovered(
  context: RunContext,
  shown: PlatformPlan,
  { approval }: GivenApproval,
): readonly string[] {
  const stackByAddress = new Map(approval.entry.stacks.map((stack) => [stack.address, stack]));
  return [...shown.planByAddress].flatMap(([address, plan]) => {
    if (plan.status !== "planned" || !plan.hasChanges) return [];
    const stack = stackByAddress.get(address);
    return stack
      ? uncoveredOfStack(context, address, plan, stack)
      : [`'${address}' was not in what was approved`];
  });
}

function uncoveredOfStack(
  context: RunContext,
  address: string,
  plan: PlannedStack,
  approved: ApprovedStack,
): readonly string[] {
  const { state } = plan.knowledge;
  if (context.manifestByAddress.get(address)?.digest !== approved.stackDigest)
    return [`the definition of '${address}' is not the approved one`];
  const isSameState = state?.lineage === approved.state?.lineage && state?.serial === approved.state?.serial;
  if (!isSameState) return [`the state of '${address}' has changed since it was approved`];
  return comparePlans(approvalFromJson(approved.changes), plan.approval).map(
    (difference) => `'${address}': ${difference.message}`,
  );
}

/** Puts what was shown forward, for somebody to approve with `platc approve ID`. Gives the id. */
export async function proposeApproval(
  context: RunContext,
  selection: Selection,
  plans: ReadonlyMap<string, PlannedStack>,
  reason: ApprovalEntry["reason"],
  salt: string,
): Promise<string> {
  const ledger = await ledgerOf(context, selection);
  const proposed = await ledger.approvals.propose({
    runId: context.runId,
    platform: context.platform.spec.name,
    command: "apply",
    target: context.target.kind,
    salt,
    stacks: [...plans]
      .filter(([, plan]) => plan.hasChanges)
      .map(([address, plan]) => proposedStack(context, address, plan)),
    reason,
    plannedAt: context.now().toISOString(),
    plannedBy: whoAmI(),
  });
  return proposed.entry.id;
}

function proposedStack(context: RunContext, address: string, plan: PlannedStack): ApprovedStack {
  const manifest = context.manifestByAddress.get(address);
  invariant(manifest, `'${address}' is not in the manifest`);
  const { state } = plan.knowledge;
  return {
    address,
    action: "apply",
    stackDigest: manifest.digest,
    releaseDigest: manifest.release,
    state: state ? { lineage: state.lineage, serial: state.serial } : null,
    hasUnknowns: plan.overlaidBy.length > 0,
    changes: approvalToJson(plan.approval),
    unproven: [],
  };
}

/** Approvals of a selection lie in the ledger of its first stack. */
async function ledgerOf(context: RunContext, selection: Selection): Promise<Ledger> {
  const [first = ""] = [...selection.addresses].sort();
  const stack = context.platform.stackByAddress.get(first);
  invariant(stack, "a selection holds no stack");
  return context.ledger(stack);
}

/** `user@host`, as Terraform writes it into locks. */
export function whoAmI(): string {
  return `${userInfo().username}@${hostname()}`;
}

function noBackend(error: unknown): readonly string[] {
  if (error instanceof StoreMissingError) return [];
  throw error;
}
