import { dirname, join } from "node:path";
import { runChecks } from "../checks/run-checks.ts";
import type { CheckContext } from "../checks/check-context.ts";
import type { CheckResult } from "../checks/check-result.ts";
import type { TestRecord } from "../ledger/test-record.ts";
import type { Stack } from "../stacks/stack.ts";
import type { StateFile } from "../stores/state-file.ts";
import { targetEnvironment } from "../targets/target.ts";
import type { AppliedStack } from "./apply-stack.ts";
import { checksDigest } from "./checks-digest.ts";
import { doneBefore } from "./done-before.ts";
import { knownValues } from "./known-values.ts";
import { outputOf, stateOutputs } from "./output-views.ts";
import { recordQuality } from "./record-quality.ts";
import type { RunContext } from "./run-context.ts";
import type { StackOutcome, StepResult } from "./run-event.ts";

export interface TestStackRequest {
  readonly stack: Stack;
  readonly applied: AppliedStack;
  readonly stateByAddress: ReadonlyMap<string, StateFile | undefined>;
  /** Runs the checks even where they passed on what is applied now. */
  readonly isAsked?: boolean;
}

/** Runs the smoke tests of a stack that was applied, or whose tests have not passed yet, and records how they went. */
export async function testStack(context: RunContext, request: TestStackRequest): Promise<StackOutcome> {
  const { stack, applied } = request;
  const { outcome, entry } = applied;
  const isThere =
    ["applied", "unchanged", "up-to-date", "tested"].includes(outcome.status) && applied.state !== undefined;
  const { kind: target } = context.target;
  // What was rehearsed answers nobody.
  if (!isThere || context.signal.aborted || target === "rehearsal") return outcome;
  const definition = checksDigest(stack);
  const last = entry?.entry.tested;
  const hasPassed =
    last?.outcome === "passed" && last.definition === definition && outcome.status !== "applied";
  if (hasPassed && !request.isAsked) return outcome;
  const results = stack.checks.length === 0 ? [] : await check(context, target, request);
  if (context.signal.aborted) return { status: "interrupted", ...doneBefore(outcome) };
  const record = testRecord(context, results, definition);
  await recordTest(context, stack, applied, record);
  await recordQuality(context, stack, results);
  if (record.outcome === "passed")
    return results.length === 0 && outcome.status === "tested" ? { status: "no-checks" } : outcome;
  const failed = results.filter((result) => result.status === "failed");
  const names = failed.map((result) => `'${result.name}'`).join(", ");
  return {
    status: "failed",
    message: `it is applied, but its ${failed.length === 1 ? "check" : "checks"} ${names} failed`,
    details: failed.map((result) => ({ message: `${result.name}: ${result.message}`, hint: "" })),
    ...doneBefore(outcome),
  };
}

async function check(
  context: RunContext,
  target: CheckContext["target"],
  { stack, applied, stateByAddress }: TestStackRequest,
): Promise<readonly CheckResult[]> {
  context.tell({ kind: "stack-started", address: stack.address, step: "check" });
  const region = [...stack.providers.values()]
    .map((provider) => provider.config.get("region"))
    .find((one) => typeof one === "string");
  return runChecks({
    checks: stack.checks,
    known: knownValues(context, stateOutputs(applied.state), (address, output) => {
      const state = stateByAddress.get(address);
      return outputOf({ isApplied: true, isWhole: true, outputs: state && stateOutputs(state) }, output);
    }),
    context: {
      environment: targetEnvironment(context.target, context.environment),
      specFolder: join(context.root, dirname(context.platform.specPath)),
      target,
      signal: context.signal,
      ...(typeof region === "string" && { region }),
    },
    onResult: (result) => {
      context.checks.push({ address: stack.address, result });
      context.tell({ kind: "check-finished", address: stack.address, result });
    },
  });
}

function testRecord(context: RunContext, results: readonly CheckResult[], definition: string): TestRecord {
  return {
    runId: context.runId,
    at: context.now().toISOString(),
    // What a target cannot try is skipped, and said so in its report; interrupted tests are not recorded.
    outcome: results.some((result) => result.status === "failed") ? "failed" : "passed",
    definition,
    checks: results.map(({ name, kind, status, message }) => ({
      name,
      kind,
      outcome: status,
      note: status === "passed" ? null : message,
    })),
  };
}

/** What failed before any check proves nothing: the tests of the stack have failed. */
export async function recordFailedSteps(
  context: RunContext,
  stack: Stack,
  applied: AppliedStack,
  results: readonly StepResult[],
): Promise<void> {
  await recordTest(context, stack, applied, {
    runId: context.runId,
    at: context.now().toISOString(),
    outcome: "failed",
    definition: checksDigest(stack),
    checks: results.map(({ name, kind, status, message }) => ({
      name: `step ${name}`,
      kind,
      outcome: status === "done" ? "passed" : status === "failed" ? "failed" : "skipped",
      note: status === "done" ? null : message,
    })),
  });
}

/** Tests are part of what is known of the applied stack, and of the evidence that opens the next environment. */
async function recordTest(
  context: RunContext,
  stack: Stack,
  { entry }: AppliedStack,
  tested: TestRecord,
): Promise<void> {
  if (!entry) return;
  const ledger = await context.ledger(stack);
  const { format: _format, sequence: _sequence, ...content } = entry.entry;
  await ledger.inventory.write({ ...content, tested }, entry);
  const manifest = context.manifestByAddress.get(stack.address);
  if (!manifest || entry.entry.status !== "complete") return;
  await ledger.evidence.record(
    {
      address: stack.address,
      stack: entry.entry.stack,
      releaseDigest: manifest.release,
      parts: manifest.parts,
    },
    context.target.identity,
    { runId: context.runId, appliedAt: entry.entry.appliedAt, stackDigest: manifest.digest, tested },
  );
}
