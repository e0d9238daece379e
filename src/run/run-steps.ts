import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import type { KnownValues } from "../checks/resolve-settings.ts";
import { invariant } from "../diagnostics/invariant.ts";
import { stepPart } from "../emit/step-digest.ts";
import type { Stamped } from "../ledger/entry.ts";
import { newSalt } from "../ledger/salted-hash.ts";
import type { StepRecord, StepsEntry } from "../ledger/step-record.ts";
import type { PlanSummary } from "../plans/summarise-plan.ts";
import type { Stack, StepSpec } from "../stacks/stack.ts";
import type { StateFile } from "../stores/state-file.ts";
import { identifyProcess } from "../stores/process-identity.ts";
import { runStep } from "../steps/run-step.ts";
import type { StepEnd } from "../steps/step-run.ts";
import { targetEnvironment } from "../targets/target.ts";
import type { AppliedStack } from "./apply-stack.ts";
import { doneBefore } from "./done-before.ts";
import { heldOutcome, heldUntil } from "./held-step.ts";
import { knownValues, variableValue } from "./known-values.ts";
import { outputOf, stateOutputs } from "./output-views.ts";
import type { RunContext } from "./run-context.ts";
import type { StackOutcome, StepResult } from "./run-event.ts";
import { recordFailedSteps } from "./test-stack.ts";
import { stepReasons, stepValues } from "./step-reasons.ts";
import { whoAmI } from "./who-am-i.ts";

export interface RunStepsRequest {
  readonly stack: Stack;
  readonly applied: AppliedStack;
  readonly stateByAddress: ReadonlyMap<string, StateFile | undefined>;
}

const NO_CHANGES: PlanSummary = { add: 0, change: 0, replace: 0, destroy: 0, import: 0, forget: 0, move: 0 };

/**
 * Runs the steps of a stack that is applied: those that have a reason to, each with its record before and after. One
 * that fails holds up those that come after it. What was not shown is not run.
 */
export async function runSteps(context: RunContext, request: RunStepsRequest): Promise<AppliedStack> {
  const { stack, applied } = request;
  const { outcome } = applied;
  const isThere =
    ["applied", "unchanged", "up-to-date"].includes(outcome.status) && applied.state !== undefined;
  if (!isThere || stack.steps.length === 0 || context.signal.aborted) return applied;
  const known = knownOf(context, request);
  const ledger = await context.ledger(stack);
  const records = new StepRecords(context, stack, known, await ledger.steps.read(stack.address));
  const held = heldOutcome(context, records.last?.entry);
  if (held) return { ...applied, outcome: { ...held, ...doneBefore(outcome) } };
  const reasons = stepReasons(context, { stack, entry: records.last?.entry, known });
  const unseen = [...reasons.keys()].filter((name) => !applied.steps.some((step) => step.name === name));
  if (unseen.length > 0) return { ...applied, outcome: { ...notShown(unseen), ...doneBefore(outcome) } };
  const resultByName = new Map<string, StepResult>();
  for (const step of stack.steps) {
    if (context.signal.aborted)
      return { ...applied, outcome: { status: "interrupted", ...doneBefore(outcome) } };
    if (!reasons.has(step.name)) continue;
    const result = await runOne(context, request, step, known, records, resultByName);
    resultByName.set(step.name, result);
    context.tell({ kind: "step-finished", address: stack.address, result });
  }
  if (context.signal.aborted)
    return { ...applied, outcome: { status: "interrupted", ...doneBefore(outcome) } };
  const results = [...resultByName.values()];
  const failed = results.filter(({ status }) => status === "failed");
  if (failed.length > 0) {
    await recordFailedSteps(context, stack, applied, results);
    return { ...applied, outcome: { ...failedSteps(failed), ...doneBefore(outcome) } };
  }
  const steps = results.filter(({ status }) => status === "done").length;
  if (steps === 0) return applied;
  const summary = outcome.status === "applied" ? outcome.summary : NO_CHANGES;
  return { ...applied, outcome: { status: "applied", summary, steps } };
}

function knownOf(context: RunContext, { applied, stateByAddress }: RunStepsRequest): KnownValues {
  return knownValues(context, stateOutputs(applied.state), (address, output) => {
    const state = stateByAddress.get(address);
    return outputOf({ isApplied: true, isWhole: true, outputs: state && stateOutputs(state) }, output);
  });
}

async function runOne(
  context: RunContext,
  { stack }: RunStepsRequest,
  step: StepSpec,
  known: KnownValues,
  records: StepRecords,
  resultByName: ReadonlyMap<string, StepResult>,
): Promise<StepResult> {
  const { name, kind } = step;
  const culprit = step.after.find((one) => resultByName.get(one)?.status === "failed");
  const held = culprit ?? step.after.find((one) => resultByName.get(one)?.status === "blocked");
  if (held !== undefined)
    return {
      name,
      kind,
      status: "blocked",
      message: `it comes after '${held}', which did not end well`,
      seconds: 0,
    };
  context.tell({ kind: "stack-started", address: stack.address, step: "step" });
  const started = context.now().getTime();
  await records.begin(step);
  const end = await runStep(step, {
    known,
    context: {
      environment: targetEnvironment(context.target, context.environment),
      specFolder: join(context.root, dirname(context.platform.specPath)),
      target: context.target.kind === "emulator" ? "emulator" : "cloud",
      signal: context.signal,
      ...regionOf(stack),
    },
    secrets: secretsOf(context),
    owner: `${stack.address}#${name}`,
    earlierOwners: stack.moved.map(({ address }) => `${address}#${name}`),
    runId: context.runId,
    sources: context.sources,
    root: context.root,
  });
  if (context.signal.aborted) await records.giveUp(step);
  else await records.finish(step, end);
  const { migrations: _migrations, ...result } = end;
  return { name, kind, ...result, seconds: (context.now().getTime() - started) / 1000 };
}

function regionOf(stack: Stack): { readonly region?: string } {
  const region = [...stack.providers.values()]
    .map((provider) => provider.config.get("region"))
    .find((one) => typeof one === "string");
  return typeof region === "string" ? { region } : {};
}

/** Programs print their environment, and every variable stands in it. */
function secretsOf(context: RunContext): readonly string[] {
  return [...context.platform.spec.variables.values()].flatMap(({ name, isSensitive }) =>
    isSensitive ? (variableValue(context, name) ?? []) : [],
  );
}

/** The records of one stack's steps, written over each other: who writes in between is noticed. */
class StepRecords {
  constructor(
    private readonly context: RunContext,
    private readonly stack: Stack,
    private readonly known: KnownValues,
    public last: Stamped<StepsEntry> | undefined,
  ) {}

  async begin(step: StepSpec): Promise<void> {
    const until = heldUntil(this.context.now(), step.timeoutSeconds);
    const holder = { by: whoAmI(), process: identifyProcess(), until };
    await this.write(step, { outcome: "begun", note: null, holder });
  }

  /** What was interrupted stays as it was begun, and is run again by whoever comes next. */
  async giveUp(step: StepSpec): Promise<void> {
    await this.write(step, { outcome: "begun", note: null });
  }

  async finish(step: StepSpec, { status, message, migrations }: StepEnd): Promise<void> {
    await this.write(step, {
      outcome: status,
      note: status === "done" ? null : message,
      ...(migrations && { migrations }),
    });
  }

  private async write(
    step: StepSpec,
    end: Pick<StepRecord, "outcome" | "note"> & Partial<Pick<StepRecord, "migrations" | "holder">>,
  ): Promise<void> {
    const { context, stack, known } = this;
    const { address } = stack;
    const target = context.target.kind;
    // Of another target nothing is kept: what it did there says nothing of this one.
    const before = this.last?.entry.target === target ? this.last.entry : undefined;
    const salt = before?.salt ?? newSalt(randomBytes);
    const definition = context.manifestByAddress.get(address)?.parts[stepPart(step.name)];
    invariant(definition !== undefined, `step '${step.name}' of '${address}' is not in the manifest`);
    const names = new Set(stack.steps.map(({ name }) => name));
    const kept = Object.entries(before?.steps ?? {}).filter(([name]) => names.has(name));
    const record: StepRecord = {
      kind: step.kind,
      runId: context.runId,
      at: context.now().toISOString(),
      definition,
      values: stepValues(step, known, salt) ?? "",
      migrations: before?.steps[step.name]?.migrations ?? [],
      ...end,
    };
    const ledger = await context.ledger(stack);
    this.last = await ledger.steps.write(
      {
        runId: context.runId,
        address,
        target,
        salt,
        steps: { ...Object.fromEntries(kept), [step.name]: record },
      },
      this.last,
    );
  }
}

function notShown(names: readonly string[]): StackOutcome {
  const steps = names.map((name) => `'${name}'`).join(", ");
  return {
    status: "failed",
    message: `it is applied, but its ${names.length === 1 ? "step" : "steps"} ${steps} would run now, and that was not shown`,
    hint: "the same apply shows it and goes on",
    details: [],
  };
}

function failedSteps(failed: readonly StepResult[]): StackOutcome {
  const names = failed.map(({ name }) => `'${name}'`).join(", ");
  return {
    status: "failed",
    message: `it is applied, but its ${failed.length === 1 ? "step" : "steps"} ${names} failed`,
    details: failed.map(({ name, message, hint }) => ({ message: `${name}: ${message}`, hint: hint ?? "" })),
  };
}
