import { exitCode } from "../reports/exit-code.ts";
import { applyPlatform } from "../run/apply-platform.ts";
import type { Answer, ApplyQuestion } from "../run/apply-stack.ts";
import { findOrphans } from "../run/find-orphans.ts";
import { planOutcome, type PlatformPlan } from "../run/plan-platform.ts";
import type { StackOutcome } from "../run/run-event.ts";
import type { ApplyFlags } from "./apply.ts";
import { askYes, canAsk } from "./ask.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";
import { destroyUnits, orphanUnits } from "./destroy-command.ts";
import { interruptSignal } from "./interrupt.ts";
import { prepareRun, unreadDataSources } from "./prepare-run.ts";
import { type CommandRun, finishRun, openCommandRun } from "./run-command.ts";

/** Plans, asks, applies what was shown, and smoke-tests it. */
export async function applyCommand(
  where: readonly string[],
  flags: ApplyFlags,
  context: Context,
): Promise<ExitCode> {
  const { signal, dispose } = interruptSignal(context);
  const startedAt = context.now().getTime();
  const opened = await openCommandRun("apply", where, flags, context, signal);
  try {
    const { shown, orphans, hashKey } = await prepareRun(opened, "apply", flags, true);
    const outcomes = (await isApproved(opened, shown, flags, context, signal))
      ? await applyPlatform(opened.context, {
          selection: opened.selection,
          shown,
          isRefreshAsked: flags.refresh === true,
          hashKey,
          isTesting: flags.test !== false,
          ask: (question) => askAgain(question, flags, context, signal),
        })
      : plannedOutcomes(shown);
    const pruned = flags.prune && !signal.aborted ? await prune(opened, flags, context, signal) : undefined;
    const all = new Map([...outcomes, ...(pruned ?? [])]);
    const finished = await finishRun(opened, "apply", all, {
      orphans: pruned ? [] : orphans,
      unreadDataSources: unreadDataSources(shown),
      startedAt,
    });
    return exitCode(finished) as ExitCode;
  } finally {
    opened.report.close();
    dispose();
  }
}

/** Destroys what is applied and has left the spec, after all else is done. */
async function prune(
  opened: CommandRun,
  flags: ApplyFlags,
  context: Context,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, StackOutcome> | undefined> {
  const orphans = await findOrphans(opened.context, opened.selection);
  if (orphans.length === 0) return undefined;
  return destroyUnits(
    opened,
    await orphanUnits(opened, orphans),
    "apply",
    flags.autoApprove === true,
    context,
    signal,
    [],
  );
}

function plannedOutcomes(shown: PlatformPlan): ReadonlyMap<string, StackOutcome> {
  return new Map([...shown.planByAddress].map(([address, plan]) => [address, planOutcome(plan)] as const));
}

/** Whether what was shown may be applied: there is nothing to ask where nothing changes. */
async function isApproved(
  opened: CommandRun,
  shown: PlatformPlan,
  flags: ApplyFlags,
  context: Context,
  signal: AbortSignal,
): Promise<boolean> {
  const plans = [...shown.planByAddress.values()];
  if (signal.aborted || plans.every((plan) => ["failed", "blocked", "interrupted"].includes(plan.status)))
    return false;
  const hasChanges = plans.some(
    (plan) => plan.status === "deferred" || (plan.status === "planned" && plan.hasChanges),
  );
  if (!hasChanges || flags.autoApprove) return true;
  if (!canAsk(context)) {
    throw new CommandError(
      "nobody is there to approve what was shown",
      "run it on a terminal, or with --auto-approve after the plan was reviewed",
      EXIT.waiting,
    );
  }
  return askYes(context, `Apply what was shown to ${opened.context.target.description}?`, signal);
}

async function askAgain(
  question: ApplyQuestion,
  flags: ApplyFlags,
  context: Context,
  signal: AbortSignal,
): Promise<Answer> {
  if (question.reason === "deferred" && flags.autoApprove === "deferred") return { status: "approved" };
  if (!canAsk(context)) return { status: "waiting", approval: "" };
  const why =
    question.reason === "deferred"
      ? `'${question.address}' could be planned only now`
      : `'${question.address}' is not what was approved: ${question.differences.map((one) => one.message).join("; ")}`;
  return (await askYes(context, `${why}. Apply it?`, signal))
    ? { status: "approved" }
    : { status: "rejected" };
}
