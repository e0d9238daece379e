import { findGivenApproval, type GivenApproval, proposeApproval, uncovered } from "../run/approve-plan.ts";
import type { Answer, ApplyQuestion } from "../run/apply-stack.ts";
import type { PlatformPlan } from "../run/plan-platform.ts";
import type { PlannedStack } from "../run/stack-plan.ts";
import { askYes, canAsk } from "./ask.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT } from "./exit-codes.ts";
import type { CommandRun } from "./open-command-run.ts";

/** Who says yes to what was shown: a flag, an approval that was given before, or somebody at the terminal. */
export class Approver {
  private last: Promise<unknown> = Promise.resolve();
  private given: GivenApproval | undefined;

  constructor(
    private readonly opened: CommandRun,
    private readonly context: Context,
    private readonly autoApprove: boolean | string | undefined,
  ) {}

  /** What keys the hashes of the plan: that of an approval which was given, so that the two can be compared. */
  async hashKey(fresh: string): Promise<string> {
    if ((this.autoApprove && !this.isGated()) || canAsk(this.context)) return fresh;
    this.given = await findGivenApproval(this.opened.context, this.opened.selection);
    return this.given?.approval.entry.salt ?? fresh;
  }

  /** Whether a whole plan may be applied; without anybody to ask, it is put forward for `platc approve`. */
  async approvePlan(shown: PlatformPlan, hashKey: string): Promise<boolean> {
    const plans = [...shown.planByAddress.values()];
    const isHopeless = plans.every((plan) => ["failed", "blocked", "interrupted"].includes(plan.status));
    if (this.opened.signal.aborted || isHopeless) return false;
    const changing = plans.filter(
      (plan) => plan.status === "deferred" || (plan.status === "planned" && plan.hasChanges),
    );
    if (changing.length === 0) return true;
    if (this.autoApprove && !this.isGated()) return true;
    if (canAsk(this.context))
      return this.ask(`Apply what was shown to ${this.opened.context.target.description}?`);
    if (this.given) return this.useGiven(this.given, shown, hashKey);
    throw await this.waitFor(plannedStacks(shown), hashKey, []);
  }

  /** Whether an environment of the selection says `approval: manual`: then no flag stands in for a person. */
  private isGated(): boolean {
    const { platform } = this.opened.context;
    return this.opened.selection.addresses.some(
      (address) => platform.stackByAddress.get(address)?.environment.needsApproval,
    );
  }

  private async useGiven(given: GivenApproval, shown: PlatformPlan, hashKey: string): Promise<boolean> {
    const differences = uncovered(this.opened.context, shown, given);
    if (differences.length > 0) throw await this.waitFor(plannedStacks(shown), hashKey, differences);
    await given.ledger.approvals.use(given.approval, this.opened.context.runId);
    return true;
  }

  private async waitFor(
    plans: ReadonlyMap<string, PlannedStack>,
    hashKey: string,
    differences: readonly string[],
  ): Promise<CommandError> {
    const { context, selection } = this.opened;
    const id = await proposeApproval(
      context,
      selection,
      plans,
      differences.length > 0 ? "changed" : "gate",
      hashKey,
    );
    const why =
      differences.length > 0
        ? `this is not what was approved: ${differences.join("; ")}`
        : this.isGated()
          ? "the environment says 'approval: manual', and nobody has approved what was shown"
          : "nobody is there to approve what was shown";
    return new CommandError(
      why,
      `'platc approve ${id.slice(0, 12)}' approves it, and the same apply then goes on${this.isGated() ? "" : "; --auto-approve asks nobody"}`,
      EXIT.waiting,
    );
  }

  /** What a stack asks at its turn, that could not be shown before or came out otherwise. */
  async answer(question: ApplyQuestion, hashKey: string): Promise<Answer> {
    if (question.reason === "deferred" && this.autoApprove === "deferred" && !this.isGated())
      return { status: "approved" };
    if (canAsk(this.context)) {
      const isApproved = await this.ask(`${reasonOf(question)}. Apply it?`);
      return { status: isApproved ? "approved" : "rejected" };
    }
    const plans = new Map([[question.address, question.planned]]);
    if (
      this.given &&
      uncovered(this.opened.context, { planByAddress: plans, knowledgeByAddress: new Map() }, this.given)
        .length === 0
    )
      return { status: "approved" };
    const { context } = this.opened;
    const selection = { addresses: [question.address], upstreamOf: new Map() };
    return {
      status: "waiting",
      approval: await proposeApproval(context, selection, plans, question.reason, hashKey),
    };
  }

  /** Whether something that no approval is put forward for may go on: a destroy, or a state backend. */
  async approveNow(question: string): Promise<boolean> {
    if (this.opened.signal.aborted) return false;
    if (this.autoApprove) return true;
    if (canAsk(this.context)) return this.ask(question);
    throw new CommandError(
      "nobody is there to approve what was shown",
      "run it on a terminal, or with --auto-approve after what was shown has been reviewed",
      EXIT.waiting,
    );
  }

  /** One question at a time, with the screen to itself. */
  ask(question: string): Promise<boolean> {
    const asked = this.last.then(async () => {
      if (this.opened.signal.aborted) return false;
      const resume = this.opened.report.pause();
      try {
        return await askYes(this.context, question, this.opened.signal);
      } finally {
        resume();
      }
    });
    this.last = asked;
    return asked;
  }
}

function plannedStacks(shown: PlatformPlan): ReadonlyMap<string, PlannedStack> {
  return new Map(
    [...shown.planByAddress].flatMap(([address, plan]) =>
      plan.status === "planned" ? [[address, plan] as const] : [],
    ),
  );
}

function reasonOf({ address, reason, differences }: ApplyQuestion): string {
  if (reason === "deferred") return `'${address}' could be planned only now`;
  return `'${address}' is not what was approved: ${differences.map((one) => one.message).join("; ")}`;
}
