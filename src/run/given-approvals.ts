import type { ApprovalEntry, ApprovedStack } from "../ledger/approval-entry.ts";
import { approvalFromJson } from "../plans/approval-from-json.ts";
import { comparePlans } from "../plans/compare-plans.ts";
import { keyedApproval } from "./keyed-approval.ts";
import { type FoundApproval, readApprovals } from "./read-approvals.ts";
import type { RunContext } from "./run-context.ts";
import type { PlannedStack } from "./stack-plan.ts";

/** What people have approved and no run has used: each is good for one run. */
export interface GivenApprovals {
  readonly count: number;
  /** What of some plans nothing that was given covers, one sentence for each thing; where it is empty, what covers them is now used. */
  readonly use: (plans: readonly PlannedStack[]) => Promise<readonly string[]>;
}

/** Reads what people have approved of the selected stacks on this run's target. */
export async function readGivenApprovals(
  context: RunContext,
  addresses: readonly string[],
): Promise<GivenApprovals> {
  const stacks = addresses.flatMap((address) => context.platform.stackByAddress.get(address) ?? []);
  const ledgers = await Promise.all(stacks.map((stack) => context.ledger(stack)));
  const given = (await readApprovals(ledgers)).filter(({ approval }) =>
    isGiven(context, addresses, approval.entry),
  );
  const used = new Set<FoundApproval>();
  return {
    count: given.length,
    use: async (plans) => {
      const verdicts = plans.map((planned) => judge(context, planned, given));
      const differences = verdicts.flatMap((verdict) => verdict.differences);
      if (differences.length > 0) return differences;
      for (const found of new Set(verdicts.flatMap((verdict) => verdict.coveredBy ?? []))) {
        if (used.has(found)) continue;
        await found.ledger.approvals.use(found.approval, context.runId);
        used.add(found);
      }
      return [];
    },
  };
}

function isGiven(context: RunContext, addresses: readonly string[], entry: ApprovalEntry): boolean {
  return (
    entry.stacks.some(({ address }) => addresses.includes(address)) &&
    entry.decision?.outcome === "approved" &&
    entry.usedBy === null &&
    entry.command === "apply" &&
    entry.platform === context.platform.spec.name &&
    entry.target === context.target.kind
  );
}

interface Verdict {
  readonly coveredBy?: FoundApproval;
  readonly differences: readonly string[];
}

/** The newest approval that covers a plan; where none does, what is amiss with the newest one. */
function judge(context: RunContext, planned: PlannedStack, given: readonly FoundApproval[]): Verdict {
  const { address } = planned.knowledge.stack;
  const verdicts = given.flatMap((found): readonly Verdict[] => {
    const { salt, stacks } = found.approval.entry;
    const approved = stacks.find((stack) => stack.address === address);
    if (!approved) return [];
    return [{ coveredBy: found, differences: differencesOf(context, planned, approved, salt) }];
  });
  const unknown: Verdict = { differences: [`'${address}' was not in what was approved`] };
  return verdicts.find(({ differences }) => differences.length === 0) ?? verdicts[0] ?? unknown;
}

function differencesOf(
  context: RunContext,
  { knowledge, plan, steps }: PlannedStack,
  approved: ApprovedStack,
  salt: string,
): readonly string[] {
  const { stack, state } = knowledge;
  if (context.manifestByAddress.get(stack.address)?.digest !== approved.stackDigest)
    return [`the definition of '${stack.address}' is not the approved one`];
  const isSameState = state?.lineage === approved.state?.lineage && state?.serial === approved.state?.serial;
  if (!isSameState) return [`the state of '${stack.address}' has changed since it was approved`];
  const unseen = steps.filter(({ name }) => !approved.steps?.includes(name));
  return [
    ...comparePlans(approvalFromJson(approved.changes), keyedApproval(context, plan, salt)).map(
      (difference) => `'${stack.address}': ${difference.message}`,
    ),
    ...unseen.map(({ name }) => `the step '${name}' of '${stack.address}' was not in what was approved`),
  ];
}
