import type { StateFile } from "../stores/state-file.ts";
import { holdsUpDependents } from "./apply-platform.ts";
import type { Selection } from "./plan-platform.ts";
import type { RunContext } from "./run-context.ts";
import type { StackOutcome } from "./run-event.ts";
import { runInOrder } from "./schedule.ts";
import { readKnowledge } from "./stack-knowledge.ts";
import { testStack } from "./test-stack.ts";

/** Runs the smoke tests of what is applied, in order, whether or not they have passed before. */
export async function testPlatform(
  context: RunContext,
  selection: Selection,
): Promise<ReadonlyMap<string, StackOutcome>> {
  const outcomes = new Map<string, StackOutcome>();
  const stateByAddress = await readStates(context);
  const finish = (address: string, outcome: StackOutcome, seconds: number): void => {
    outcomes.set(address, outcome);
    context.tell({ kind: "stack-finished", address, outcome, seconds });
  };
  await runInOrder({
    nodes: selection.addresses,
    upstreamOf: selection.upstreamOf,
    parallelism: context.parallelism,
    signal: context.signal,
    blocked: (address, culprit) => finish(address, { status: "blocked", by: culprit }, 0),
    skipped: (address) => finish(address, { status: "interrupted" }, 0),
    run: async (address) => {
      const started = context.now().getTime();
      const stack = context.platform.stackByAddress.get(address);
      if (!stack) return "stop";
      const { state, entry } = await readKnowledge(context, stack);
      const applied = { outcome: { status: "tested" } as const, state, entry };
      const outcome: StackOutcome = state
        ? await testStack(context, { stack, applied, stateByAddress, isAsked: true })
        : {
            status: "failed",
            message: "it is not applied",
            hint: "'platc apply' comes before its tests",
            details: [],
          };
      finish(address, outcome, (context.now().getTime() - started) / 1000);
      return holdsUpDependents(outcome) ? "stop" : "go-on";
    },
  });
  return outcomes;
}

async function readStates(context: RunContext): Promise<ReadonlyMap<string, StateFile | undefined>> {
  const consumed = new Set(context.platform.stacks.flatMap((stack) => stack.upstream));
  const stacks = [...consumed].flatMap((address) => context.platform.stackByAddress.get(address) ?? []);
  return new Map(
    await Promise.all(
      stacks.map(async (stack) => [stack.address, (await readKnowledge(context, stack)).state] as const),
    ),
  );
}
