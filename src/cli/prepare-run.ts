import { randomBytes } from "node:crypto";
import { bootstrapBackend, readBackends } from "../run/bootstrap.ts";
import { findProofs, type StackProof, type UnprovenStack } from "../run/find-proofs.ts";
import { findLeftStacks } from "../run/find-orphans.ts";
import { planPlatform, type PlatformPlan } from "../run/plan-platform.ts";
import { renameNotes } from "../run/rename-notes.ts";
import { isChanging } from "../run/stack-plan.ts";
import { type Survey, surveyPlatform } from "../run/survey-platform.ts";
import type { TargetedState } from "../run/other-target.ts";
import type { RunContext } from "../run/run-context.ts";
import type { Selection } from "../run/selection.ts";
import { nameInSpec } from "../stacks/rehearsed-platform.ts";
import type { RunNote, StackOutcome } from "../run/run-event.ts";
import { goneEnvironmentHint } from "./gone-environment.ts";
import { makeByHand } from "./make-by-hand.ts";
import { missingBackends } from "./missing-backends.ts";
import { refuseOtherBackend } from "./refuse-other-backend.ts";
import { refuseOtherTarget } from "./refuse-other-target.ts";
import { unprovenValues } from "./unproven-values.ts";
import { CommandError, EXIT } from "./exit-codes.ts";
import type { CommandRun, RunFlags } from "./open-command-run.ts";

/** What was planned before anything is asked or applied. */
export interface PreparedRun {
  readonly shown: PlatformPlan;
  readonly orphans: readonly string[];
  readonly hashKey: string;
  /** What of the changing stacks no environment before has proven, by address. */
  readonly unproven: ReadonlyMap<string, readonly string[]>;
  /** State backends that had to be made first, by the address of the stack that makes them. */
  readonly madeBackends: ReadonlyMap<string, StackOutcome>;
}

/** Sees to the state backends, says what is going to happen, and plans every selected stack. */
export async function prepareRun(
  opened: CommandRun,
  command: "plan" | "apply" | "promote" | "rehearse",
  flags: RunFlags,
): Promise<PreparedRun> {
  const { context, selection, report } = opened;
  const isApplying = command !== "plan";
  const proofs = await findProofs(context, selection);
  seeToProofs(opened, command, proofs);
  const madeBackends = await seeToBackends(opened, isApplying);
  const isRefreshAsked = flags.refresh === true;
  const survey = await surveyPlatform(context, { selection, isRefreshAsked });
  refuseOtherTarget(context, placesOf(context, survey, selection));
  const { orphans, goneCounts } = await findLeftStacks(context, selection);
  report.tell({
    kind: "run-announced",
    runId: context.runId,
    command,
    platform: nameInSpec(context.platform.spec.name),
    target: context.target.kind,
    stacks: selection.addresses,
    upToDate: survey.upToDate,
    toPlan: survey.stale.length,
    ...(survey.undecided.length > 0 && { undecided: survey.undecided.length }),
    orphans: orphans.map((orphan) => orphan.address),
  });
  for (const note of goneEnvironmentNotes(goneCounts)) report.tell(note);
  const hashKey = randomBytes(16).toString("hex");
  const shown = await planPlatform(context, { selection, isRefreshAsked, hashKey, survey });
  const selected = selection.addresses.flatMap((address) => survey.knowledgeByAddress.get(address) ?? []);
  for (const note of await renameNotes(context, selected, orphans)) report.tell(note);
  const unproven = tellUnproven(opened, shown, proofs);
  return { shown, orphans: orphans.map((orphan) => orphan.address), hashKey, unproven, madeBackends };
}

/** Environments that have left the spec with all that is applied in them: no other's run destroys that. */
function goneEnvironmentNotes(goneCounts: ReadonlyMap<string, number>): readonly RunNote[] {
  return [...goneCounts].map(([name, count]) => ({
    kind: "note",
    message: `environment '${name}' is not in the spec any more, and ${count} ${count === 1 ? "stack is" : "stacks are"} applied there`,
    hint: goneEnvironmentHint(name),
  }));
}

/** Where the selected stacks and those that they read from in the same environments are applied, by address. */
function placesOf(
  { platform }: RunContext,
  { knowledgeByAddress }: Survey,
  { addresses }: Selection,
): ReadonlyMap<string, TargetedState> {
  const environmentOf = (address: string) => platform.stackByAddress.get(address)?.environment;
  const selected = new Set(addresses.map(environmentOf));
  return new Map(
    [...knowledgeByAddress]
      .filter(([address]) => selected.has(environmentOf(address)))
      .map(([address, { entry, state, moving }]) => [address, moving ?? { entry, state }] as const),
  );
}

/** How it ended for each stack, where a stack that made the backend at first was up to date later. */
export function withMadeBackends(
  outcomes: ReadonlyMap<string, StackOutcome>,
  { madeBackends }: PreparedRun,
): ReadonlyMap<string, StackOutcome> {
  return new Map(
    [...outcomes].map(([address, outcome]) => {
      const made = outcome.status === "up-to-date" ? madeBackends.get(address) : undefined;
      return [address, made ?? outcome] as const;
    }),
  );
}

/** An environment takes only what was applied and tested in the one before it; a plan says so, an apply refuses. */
function seeToProofs(
  { context, report }: CommandRun,
  command: "plan" | "apply" | "promote" | "rehearse",
  proofs: readonly StackProof[],
): void {
  const unproven = proofs.filter((proof) => proof.status === "unproven");
  const [first] = unproven;
  if (!first) return;
  if (command === "promote") throw notPromoted(context, unproven);
  const message = unproven.map(({ address, reason }) => `'${address}' is not proven: ${reason}`).join("; ");
  const earlier = `platc apply ${first.environment}${targetFlag(context, first)}`;
  const hint = `'${earlier}' applies and tests it there first${orWhereProven(unproven)}`;
  if (command === "apply") throw new CommandError(message, hint);
  report.tell({ kind: "note", message, hint });
}

/** Each stack that was not proven, and what to do about it. */
function notPromoted(context: RunContext, unproven: readonly UnprovenStack[]): CommandError {
  const lines = unproven.map(
    (one) =>
      `  '${one.address}': ${one.reason}; '${one.remedy}${targetFlag(context, one)}' applies and tests it there${orWhereProven([one])}`,
  );
  const [first] = unproven;
  const what = unproven.length === 1 ? "a stack was" : `${unproven.length} stacks were`;
  return new CommandError(
    `${what} not applied and tested in '${first?.environment ?? ""}' as the spec defines ${unproven.length === 1 ? "it" : "them"} now, and nothing was promoted:\n${lines.join("\n")}`,
    "what is proven alone is promoted by naming it: platc promote ENVIRONMENT STACK...",
  );
}

/** What makes a command on the earlier environment run against the target of this run. */
function targetFlag({ platform, target }: RunContext, { environment }: UnprovenStack): string {
  const own = platform.spec.environments.get(environment)?.target ?? "cloud";
  return own === target.kind ? "" : ` --target ${target.kind}`;
}

/** The other way out where all of it was proven on another target: this command, against that one. */
function orWhereProven(unproven: readonly UnprovenStack[]): string {
  const [first, ...rest] = unproven;
  const target = first?.provenOn.find((one) => rest.every(({ provenOn }) => provenOn.includes(one)));
  return target === undefined ? "" : `, or run this with '--target ${target}'`;
}

/** Says what the own layers of an environment add to the stacks that change: no environment before has proven it. */
function tellUnproven(
  { context, report }: CommandRun,
  shown: PlatformPlan,
  proofs: readonly StackProof[],
): ReadonlyMap<string, readonly string[]> {
  const told = new Map<string, readonly string[]>();
  for (const proof of proofs) {
    const plan = shown.planByAddress.get(proof.address);
    const isAsked = plan?.status === "deferred" || (plan?.status === "planned" && isChanging(plan));
    const stack = context.platform.stackByAddress.get(proof.address);
    if (!isAsked || !stack || (proof.status !== "proven" && proof.status !== "new")) continue;
    const twin = proof.status === "proven" ? context.platform.stackByAddress.get(proof.by) : undefined;
    const values = twin ? unprovenValues(context.platform, stack, twin) : [];
    if (twin && values.length === 0) continue;
    told.set(proof.address, twin ? values.map(({ path }) => path) : ["*"]);
    const by = proof.status === "proven" ? { by: proof.by } : {};
    report.tell({ kind: "stack-unproven", address: proof.address, ...by, values });
  }
  return told;
}

/** A backend that is not there yet is made at once on the emulator; elsewhere `platc bootstrap` comes first. */
async function seeToBackends(
  { context, selection, report }: CommandRun,
  isApplying: boolean,
): Promise<ReadonlyMap<string, StackOutcome>> {
  const environments = new Set(
    selection.addresses.map(
      (address) => context.platform.stackByAddress.get(address)?.environment.name ?? "",
    ),
  );
  const made = new Map<string, StackOutcome>();
  const madeByStacks = await readBackends(context, environments);
  const others = selection.addresses.filter((address) => {
    const environment = context.platform.stackByAddress.get(address)?.environment;
    return !madeByStacks.some(({ stack }) => stack.environment.name === environment?.name);
  });
  for (const { backend, location } of await missingBackends(context, others)) {
    const byHand = makeByHand(backend);
    const hint = byHand === undefined ? "make it first" : `make it first: ${byHand}`;
    const message = `the state backend '${location}' is not there yet, and no stack makes it`;
    if (isApplying) throw new CommandError(message, hint);
    report.tell({ kind: "note", message, hint });
  }
  const missing = madeByStacks.filter(({ isThere }) => !isThere);
  await refuseOtherBackend(context, missing);
  for (const { stack } of missing) {
    const name = stack.environment.name;
    const command = `platc bootstrap ${name}`;
    const message = `the state backend of '${name}' is not there yet`;
    if (!isApplying) {
      report.tell({ kind: "note", message: `${message}: '${command}' comes before an apply` });
      continue;
    }
    if (!context.target.isAwsEmulated) throw new CommandError(message, `run '${command}' first`);
    const outcome = await bootstrapBackend(context, stack, async () => true);
    if (outcome.status === "failed")
      throw new CommandError(
        `the state backend of '${name}' could not be made: ${outcome.message}`,
        outcome.hint,
      );
    if (outcome.status === "interrupted")
      throw new CommandError(
        `interrupted while the state backend of '${name}' was made`,
        "the same apply goes on from there",
        EXIT.interrupted,
      );
    made.set(stack.address, outcome);
    report.tell({ kind: "note", message: `made the state backend of '${name}' on the emulator` });
  }
  return made;
}

/** Data sources in stacks that were left alone: only a refresh reads them anew. */
export function unreadDataSources(shown: PlatformPlan): number {
  const untouched = [...shown.planByAddress.values()].flatMap((plan) =>
    plan.status === "up-to-date" ? [plan.knowledge.state?.dataSources ?? 0] : [],
  );
  return untouched.reduce((sum, count) => sum + count, 0);
}
