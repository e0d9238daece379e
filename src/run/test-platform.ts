import type { StateFile } from "../stores/state-file.ts";
import type { Stack } from "../stacks/stack.ts";
import { holdsUpDependents } from "./holds-up-dependents.ts";
import type { RunContext } from "./run-context.ts";
import type { StackOutcome } from "./run-event.ts";
import { runStacks } from "./run-stacks.ts";
import type { Selection } from "./selection.ts";
import { knownValues } from "./known-values.ts";
import { otherTarget } from "./other-target.ts";
import { outputOf, stateOutputs } from "./output-views.ts";
import { stepReasons } from "./step-reasons.ts";
import { readKnowledge } from "./stack-knowledge.ts";
import { testStack } from "./test-stack.ts";

/** Runs the smoke tests of what is applied, in order, whether or not they have passed before. */
export async function testPlatform(
  context: RunContext,
  selection: Selection,
): Promise<ReadonlyMap<string, StackOutcome>> {
  const stateByAddress = await readStates(context);
  return runStacks<StackOutcome>(context, selection, {
    outcomeOf: (outcome) => outcome,
    holdsUp: holdsUpDependents,
    run: async (address) => {
      const stack = context.platform.stackByAddress.get(address);
      return stack && testApplied(context, stack, stateByAddress);
    },
  });
}

async function testApplied(
  context: RunContext,
  stack: Stack,
  stateByAddress: ReadonlyMap<string, StateFile | undefined>,
): Promise<StackOutcome> {
  const { state, entry, steps } = await readKnowledge(context, stack);
  if (!state)
    return {
      status: "failed",
      message: "it is not applied",
      hint: "'platc apply' comes before its tests",
      details: [],
    };
  const other = otherTarget(context, { state, entry });
  if (other?.isBound)
    return {
      status: "failed",
      message: `it is applied on another target (${other.kind})`,
      hint: `test it there, with '--target ${other.kind}'`,
      details: [],
    };
  const known = knownValues(context, stateOutputs(state), (address, output) => {
    const read = stateByAddress.get(address);
    return outputOf({ isApplied: true, isWhole: true, outputs: read && stateOutputs(read) }, output);
  });
  const [undone] = stepReasons(context, { stack, entry: steps?.entry, known }).values();
  if (undone)
    return {
      status: "failed",
      message: `not all that belongs to it is done: ${undone.join("; ")}`,
      hint: "'platc apply' comes before its tests",
      details: [],
    };
  const applied = { outcome: { status: "tested" } as const, state, entry, steps: [] };
  return testStack(context, { stack, applied, stateByAddress, isAsked: true });
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
