import { type GivenApprovals, readGivenApprovals } from "../run/given-approvals.ts";
import { proposeApproval, type Unproven } from "../run/propose-approval.ts";
import type { Answer, ApplyQuestion } from "../run/apply-stack.ts";
import type { PlatformPlan } from "../run/plan-platform.ts";
import type { StackOutcome } from "../run/run-event.ts";
import { isChanging, type PlannedStack } from "../run/stack-plan.ts";
import { approveCommand } from "../reports/words.ts";
import type { TargetKind } from "../spec/platform.ts";
import { askYes, canAsk } from "./ask.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT } from "./exit-codes.ts";
import { ledgerTarget } from "./ledger-target.ts";
import type { CommandRun } from "./open-command-run.ts";

/** What became of a plan that was shown; `outcome` is that of every stack which it would have changed. */
export type PlanAnswer =
  | { readonly status: "approved" | "declined" }
  | { readonly status: "stopped"; readonly outcome: StackOutcome };

/** Who says yes to what was shown: a flag, an approval that was given before, or somebody at the terminal. */
export class Approver {
  private last: Promise<unknown> = Promise.resolve();
  private given: Promise<GivenApprovals> | undefined;

  constructor(
    private readonly opened: CommandRun,
    private readonly context: Context,
    private readonly autoApprove: boolean | string | undefined,
    private readonly unproven: Unproven = new Map(),
  ) {}

  /** Whether a whole plan may be applied. A deferred stack has shown nothing yet, and asks at its turn. */
  async approvePlan(shown: PlatformPlan): Promise<PlanAnswer> {
    const plans = [...shown.planByAddress.values()];
    const isHopeless =
      plans.length > 0 && plans.every((plan) => ["failed", "blocked", "interrupted"].includes(plan.status));
    if (this.opened.signal.aborted || isHopeless) return { status: "declined" };
    const changing = plans.filter((plan) => plan.status === "planned").filter(isChanging);
    if (changing.length === 0 || this.mayGoUnasked(true)) return { status: "approved" };
    if (!canAsk(this.context)) return this.lookUp(changing, "gate");
    const question = `Apply what was shown to ${this.opened.context.target.description}?`;
    return { status: (await this.ask(question)) ? "approved" : "declined" };
  }

  /** What a stack asks at its turn, that could not be shown before or came out otherwise. */
  async answer(question: ApplyQuestion): Promise<Answer> {
    if (question.reason === "deferred" && this.mayGoUnasked("deferred")) return { status: "approved" };
    if (canAsk(this.context))
      return { status: (await this.ask(`${reasonOf(question)}. Apply it?`)) ? "approved" : "rejected" };
    const answer = await this.lookUp([question.planned], question.reason);
    if (answer.status !== "stopped") return { status: "approved" };
    if (answer.outcome.status === "waiting") return answer.outcome;
    return { status: "rejected" };
  }

  /** Whether something that no approval is put forward for may go on: a destroy, or a state backend. */
  async approveNow(question: string): Promise<boolean> {
    if (this.opened.signal.aborted) return false;
    if (this.mayGoUnasked(true)) return true;
    if (canAsk(this.context)) return this.ask(question);
    throw new CommandError(
      "nobody is there to approve what was shown",
      this.isGated()
        ? "an environment of the selection says 'approval: manual': run it on a terminal"
        : "run it on a terminal, or with --auto-approve after what was shown has been reviewed",
      EXIT.waiting,
    );
  }

  /** Whether a flag stands in for a person: nowhere that an environment of the selection says `approval: manual`. */
  private mayGoUnasked(wanted: true | "deferred"): boolean {
    const isCovered = wanted === true ? Boolean(this.autoApprove) : this.autoApprove === wanted;
    return isCovered && !this.isGated();
  }

  private isGated(): boolean {
    const { platform } = this.opened.context;
    return this.opened.selection.addresses.some(
      (address) => platform.stackByAddress.get(address)?.environment.needsApproval,
    );
  }

  /** With nobody to ask: uses what was approved before, or puts it forward for `platc approve`. */
  private async lookUp(
    plans: readonly PlannedStack[],
    reason: "gate" | ApplyQuestion["reason"],
  ): Promise<PlanAnswer> {
    const { context, selection, report } = this.opened;
    const given = await (this.given ??= readGivenApprovals(context, selection.addresses));
    const differences = await given.use(plans);
    if (differences.length === 0) return { status: "approved" };
    const isChanged = given.count > 0 && reason === "gate";
    if (isChanged)
      for (const difference of differences)
        report.tell({ kind: "note", message: `not as it was approved: ${difference}` });
    const entry = await proposeApproval(context, plans, isChanged ? "changed" : reason, this.unproven);
    const approval = entry.id.slice(0, 12);
    if (entry.decision?.outcome !== "rejected")
      return {
        status: "stopped",
        outcome: { status: "waiting", reason: this.whyWaiting(isChanged), approval, ...this.elsewhere() },
      };
    const { by, note } = entry.decision;
    const message = `${by} has rejected what was shown${note === null ? "" : `: ${note}`}`;
    const hint = `to overrule that: ${approveCommand({ approval, ...this.elsewhere() })}`;
    report.tell({ kind: "note", message, hint });
    return { status: "stopped", outcome: { status: "failed", message, details: [] } };
  }

  /** The target, where `platc approve` would look at another one by itself. */
  private elsewhere(): { readonly target?: TargetKind } {
    const { platform, target } = this.opened.context;
    return ledgerTarget(platform) === target.kind ? {} : { target: target.kind };
  }

  private whyWaiting(isChanged: boolean): string {
    if (isChanged) return "it is not what was approved";
    if (this.isGated()) return "the environment says 'approval: manual', and nobody has approved it";
    return "nobody is there to approve it (--auto-approve asks nobody)";
  }

  /** One question at a time, with the screen to itself. */
  private ask(question: string): Promise<boolean> {
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

function reasonOf({ address, reason, differences }: ApplyQuestion): string {
  if (reason === "deferred") return `'${address}' could be planned only now`;
  return `'${address}' is not what was approved: ${differences.map((one) => one.message).join("; ")}`;
}
