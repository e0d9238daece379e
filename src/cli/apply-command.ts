import { applyPlatform } from "../run/apply-platform.ts";
import { findOrphans } from "../run/find-orphans.ts";
import { holdsUpDependents } from "../run/holds-up-dependents.ts";
import type { PlatformPlan } from "../run/plan-platform.ts";
import type { StackOutcome } from "../run/run-event.ts";
import { Approver, type PlanAnswer } from "./approver.ts";
import type { Context } from "./context.ts";
import { destroyUnits, orphanUnits } from "./destroy-command.ts";
import type { ExitCode } from "./exit-codes.ts";
import type { CommandRun, RunFlags } from "./open-command-run.ts";
import { type PreparedRun, prepareRun, unreadDataSources, withMadeBackends } from "./prepare-run.ts";
import { type CommandResult, runCommand } from "./run-command.ts";
import { unignoredStates } from "./unignored-states.ts";

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
  command: "apply" | "promote" = "apply",
): Promise<ExitCode> {
  return runCommand(command, where, flags, context, async (opened) => {
    await tellUnignoredStates(opened, context);
    const prepared = await prepareRun(opened, command, flags);
    const approver = new Approver(opened, context, flags.autoApprove, prepared.unproven);
    return applyPrepared(opened, prepared, { ...flags, approver, command: "apply" });
  });
}

/** How what was prepared is to be applied. */
export interface ApplyRequest extends ApplyFlags {
  readonly approver: Pick<Approver, "approvePlan" | "answer" | "approveNow">;
  /** What pruning is told as. */
  readonly command: "apply" | "rehearse";
}

/** Applies what was shown, where it is approved, and smoke-tests it; then prunes, where that was asked for. */
export async function applyPrepared(
  opened: CommandRun,
  prepared: PreparedRun,
  request: ApplyRequest,
): Promise<CommandResult> {
  const { approver } = request;
  const { shown, orphans, hashKey } = prepared;
  const unread = unreadDataSources(shown);
  const approved = await approver.approvePlan(shown);
  if (approved.status !== "approved")
    return {
      outcomes: withMadeBackends(unapplied(opened, shown, approved), prepared),
      orphans,
      unreadDataSources: unread,
    };
  const applied = await applyPlatform(opened.context, {
    selection: opened.selection,
    shown,
    isRefreshAsked: request.refresh === true,
    hashKey,
    isTesting: request.test !== false,
    ask: (question) => approver.answer(question),
  });
  const pruned = request.prune && mayPrune(opened, applied) ? await prune(opened, request) : undefined;
  return {
    outcomes: new Map([...withMadeBackends(applied, prepared), ...(pruned ?? [])]),
    orphans: orphans.filter((address) => !pruned?.has(address)),
    unreadDataSources: unread,
  };
}

/** Before states are written that git would take along. */
async function tellUnignoredStates({ context, report }: CommandRun, { environment }: Context): Promise<void> {
  const found = await unignoredStates(context.platform, context.root, environment);
  if (found) report.tell({ kind: "note", ...found });
}

/** How it ended for each stack where what was shown is not applied. */
function unapplied(
  { signal }: CommandRun,
  { outcomeByAddress }: PlatformPlan,
  answer: PlanAnswer,
): ReadonlyMap<string, StackOutcome> {
  const refused: StackOutcome =
    answer.status === "stopped" ? answer.outcome : { status: signal.aborted ? "interrupted" : "declined" };
  return new Map(
    [...outcomeByAddress].map(([address, outcome]) => [
      address,
      outcome.status === "planned" ? refused : outcome,
    ]),
  );
}

/** What was not applied may still hold on to what has left the spec. */
function mayPrune({ signal, report }: CommandRun, applied: ReadonlyMap<string, StackOutcome>): boolean {
  if (signal.aborted) return false;
  const held = [...applied].filter(([, outcome]) => holdsUpDependents(outcome)).map(([address]) => address);
  if (held.length === 0) return true;
  report.tell({
    kind: "note",
    message: `nothing was pruned: ${held.map((address) => `'${address}'`).join(", ")} may still hold on to what has left the spec`,
    hint: "run it again when they are applied",
  });
  return false;
}

/** Destroys what is applied and has left the spec, after all else is done; it is shown and asked for by itself. */
async function prune(
  opened: CommandRun,
  { approver, command }: ApplyRequest,
): Promise<ReadonlyMap<string, StackOutcome> | undefined> {
  const units = await orphanUnits(opened, await findOrphans(opened.context, opened.selection));
  return units.length === 0 ? undefined : destroyUnits(opened, units, command, approver, []);
}
