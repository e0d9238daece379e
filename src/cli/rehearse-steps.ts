import { PROTECTED } from "../provider/deletion-refused.ts";
import { holdsUpDependents } from "../run/holds-up-dependents.ts";
import { type DestroyUnit, holdsResources, stackUnit } from "../run/destroy-unit.ts";
import type { StackOutcome } from "../run/run-event.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { orderSelection } from "../stacks/order-selection.ts";
import type { Note } from "../terraform/note.ts";
import { type ApplyRequest, applyPrepared } from "./apply-command.ts";
import { Approver } from "./approver.ts";
import type { Context } from "./context.ts";
import { destroyUnits } from "./destroy-command.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import type { CommandRun, RunFlags } from "./open-command-run.ts";
import { prepareRun } from "./prepare-run.ts";
import { type CommandResult, runCommand } from "./run-command.ts";

/** What there is for a change to come on top of. */
export interface BaseRehearsal {
  readonly code: ExitCode;
  /** Stacks that were applied. */
  readonly addresses: readonly string[];
  /** What the report of the change says of it. */
  readonly notes: readonly Note[];
}

export interface StepRequest {
  readonly environments: readonly string[];
  readonly flags: RunFlags;
  readonly context: Context;
}

/** Applies the base, in a context that nobody reads. */
export async function rehearseBase(
  platform: Platform,
  shown: string,
  { environments, flags, context }: StepRequest,
): Promise<BaseRehearsal> {
  const { parallelism, install, inWorkspace } = flags;
  const kept = {
    target: "rehearsal",
    ...(parallelism !== undefined && { parallelism }),
    ...(install && { install }),
    ...(inWorkspace && { inWorkspace }),
  };
  const there = environments.filter((name) => platform.spec.environments.has(name));
  const missing = environments
    .filter((name) => !there.includes(name))
    .map((name) => ({ message: `${shown} has no environment '${name}': all of it is new` }));
  if (there.length === 0) return { code: EXIT.ok, addresses: [], notes: missing };
  let outcomes: ReadonlyMap<string, StackOutcome> = new Map();
  const code = await runCommand("rehearse", selectorsOf(platform, there), kept, context, async (opened) => {
    const result = await applyAll(opened, context, kept);
    outcomes = result.outcomes;
    return result;
  });
  return { code, addresses: [...outcomes.keys()], notes: [baseNote(shown, outcomes), ...missing] };
}

function baseNote(shown: string, outcomes: ReadonlyMap<string, StackOutcome>): Note {
  const failed = [...outcomes].flatMap(([address, outcome]) =>
    outcome.status === "failed" ? [`'${address}' (${outcome.message})`] : [],
  );
  const message = `rehearsed on top of ${shown}, of which ${countOf(outcomes.size)} were looked at`;
  return failed.length === 0
    ? { message: `rehearsed on top of ${shown}: ${countOf(outcomes.size)} applied there first` }
    : { message: `${message}; what failed there is new here: ${failed.join(", ")}` };
}

/** Applies what is laid there now on top of the base, then destroys all of it; tells of the change. */
export async function rehearseHead(
  platform: Platform,
  base: BaseRehearsal,
  { environments, flags, context }: StepRequest,
): Promise<ExitCode> {
  const { base: _compared, inWorkspace, ...given } = { ...flags, target: "rehearsal" };
  const there = environments.filter((name) => platform.spec.environments.has(name));
  const gone = environments.filter((name) => !there.includes(name));
  const kept = { ...given, ...(inWorkspace && { inWorkspace: { ...inWorkspace, gone } }) };
  return runCommand("rehearse", selectorsOf(platform, there), kept, context, async (opened) => {
    for (const note of base.notes) opened.report.tell({ kind: "note", ...note });
    const applied = await applyAll(opened, context, kept);
    return destroyAgain(opened, applied, base.addresses);
  });
}

/** Of an environment without stacks there is nothing to read from; what is applied there is found by its name. */
function selectorsOf({ stacks }: Platform, environments: readonly string[]): readonly string[] {
  const filled = new Set(stacks.map((stack) => stack.environment.name));
  return environments.map((name) => `${filled.has(name) ? "..." : ""}env:${name}`);
}

async function applyAll(opened: CommandRun, context: Context, flags: RunFlags): Promise<CommandResult> {
  const prepared = await prepareRun(opened, "rehearse", flags);
  const approver = assent(opened, new Approver(opened, context, "deferred"));
  return applyPrepared(opened, prepared, { ...flags, approver, command: "rehearse", prune: true });
}

/** Nothing is real, so nobody is asked; where a real apply would ask again, that is said. */
function assent({ report }: CommandRun, approver: Approver): ApplyRequest["approver"] {
  return {
    approvePlan: (shown) => approver.approvePlan(shown),
    approveNow: (question) => approver.approveNow(question),
    async answer({ address, reason, differences }) {
      if (reason !== "deferred")
        report.tell({
          kind: "note",
          message: `'${address}' came out otherwise than it was planned, and a real apply would ask again: ${differences.map((one) => one.message).join("; ")}`,
        });
      return { status: "approved" };
    },
  };
}

/** Destroys all that is applied, and tells of it only what cannot be. */
async function destroyAgain(
  opened: CommandRun,
  applied: CommandResult,
  earlier: readonly string[],
): Promise<CommandResult> {
  const { report, signal } = opened;
  const tell = (message: string): void => report.tell({ kind: "note", message });
  if (signal.aborted) return applied;
  if ([...applied.outcomes.values()].some(holdsUpDependents)) {
    tell("whether it can be destroyed was not tried, since not all of it is applied");
    return applied;
  }
  const muted = mutedRun(opened);
  const units = await appliedUnits(muted, earlier);
  const outcomes = await destroyUnits(muted, units, "rehearse", { approveNow: async () => true }, []);
  const failed = [...outcomes].flatMap(([address, outcome]) =>
    outcome.status === "failed" ? [{ address, outcome }] : [],
  );
  const kept = failed.filter(({ outcome }) => keptBy(outcome) !== undefined);
  for (const { address, outcome } of kept) tell(`'${address}' holds what ${keptBy(outcome)}, and stays`);
  const gone = [...outcomes.values()].filter(({ status }) => status === "destroyed");
  tell(`${failed.length === 0 ? "all of it" : "what can be"} was destroyed again: ${countOf(gone.length)}`);
  const mistakes = failed
    .filter((one) => !kept.includes(one))
    .map(({ address, outcome }) => {
      const message = `it was applied, and cannot be destroyed again: ${outcome.message}`;
      return [address, { ...outcome, message }] as const;
    });
  return { ...applied, outcomes: new Map([...applied.outcomes, ...mistakes]) };
}

function mutedRun(opened: CommandRun): CommandRun {
  const tell = (): void => undefined;
  return { ...opened, report: { ...opened.report, tell }, context: { ...opened.context, tell } };
}

/** Of the base and of the change, what holds anything. */
async function appliedUnits(
  { context, selection }: CommandRun,
  earlier: readonly string[],
): Promise<readonly DestroyUnit[]> {
  const { platform } = context;
  const addresses = [...selection.addresses, ...earlier].filter((one) => platform.stackByAddress.has(one));
  const { waves, upstreamOf } = orderSelection(platform, new Set(addresses));
  const units = waves.flat().flatMap((address) => {
    const stack = platform.stackByAddress.get(address);
    return stack ? [stackUnit(context, stack, upstreamOf.get(address))] : [];
  });
  return (await Promise.all(units)).filter(holdsResources);
}

/** Somebody wants it to stay: that a destroy is refused is right. Undefined where it stays for another reason. */
function keptBy({ message, hint = "", details }: FailedOutcome): string | undefined {
  const said = [message, ...details.map((one) => one.message)];
  if ([...said, hint, ...details.map((one) => one.hint)].some((text) => text.includes("prevent_destroy")))
    return "'prevent_destroy' keeps";
  return said.every((text) => text.includes(PROTECTED)) ? PROTECTED : undefined;
}

type FailedOutcome = Extract<StackOutcome, { readonly status: "failed" }>;

function countOf(count: number): string {
  return `${count} ${count === 1 ? "stack" : "stacks"}`;
}
