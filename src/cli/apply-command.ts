import { exitCode } from "../reports/exit-code.ts";
import { applyPlatform } from "../run/apply-platform.ts";
import { findOrphans } from "../run/find-orphans.ts";
import { planOutcome, type PlatformPlan } from "../run/plan-platform.ts";
import type { StackOutcome } from "../run/run-event.ts";
import { Approver } from "./approver.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import { destroyUnits, orphanUnits } from "./destroy-command.ts";
import { interruptSignal } from "./interrupt.ts";
import { prepareRun, unreadDataSources } from "./prepare-run.ts";
import { type CommandRun, finishRun, openCommandRun, type RunFlags } from "./run-command.ts";

export interface ApplyFlags extends RunFlags {
  readonly autoApprove?: boolean | string;
  readonly test?: boolean;
  readonly prune?: boolean;
}

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
    const approver = new Approver(opened, context, signal, flags.autoApprove);
    const { shown, orphans, hashKey } = await prepareRun(opened, "apply", flags, approver);
    const outcomes = (await approver.approvePlan(shown, hashKey))
      ? await applyPlatform(opened.context, {
          selection: opened.selection,
          shown,
          isRefreshAsked: flags.refresh === true,
          hashKey,
          isTesting: flags.test !== false,
          ask: (question) => approver.answer(question, hashKey),
        })
      : plannedOutcomes(shown);
    const pruned = flags.prune && !signal.aborted ? await prune(opened, approver) : undefined;
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
  approver: Approver,
): Promise<ReadonlyMap<string, StackOutcome> | undefined> {
  const orphans = await findOrphans(opened.context, opened.selection);
  if (orphans.length === 0) return undefined;
  return destroyUnits(opened, await orphanUnits(opened, orphans), "apply", approver, []);
}

function plannedOutcomes(shown: PlatformPlan): ReadonlyMap<string, StackOutcome> {
  return new Map([...shown.planByAddress].map(([address, plan]) => [address, planOutcome(plan)] as const));
}
