import type { Stack } from "../stacks/stack.ts";
import type { StateFile } from "../stores/state-file.ts";
import { StoreConflictError } from "../stores/store-error.ts";
import { type AppliedStack, applyStack, type Answer, type ApplyQuestion } from "./apply-stack.ts";
import { failedOutcome, failureOfError } from "./failed-outcome.ts";
import { otherRun } from "./other-run.ts";
import { holdsUpDependents } from "./holds-up-dependents.ts";
import { appliedView } from "./output-views.ts";
import type { PlatformPlan, Selection } from "./plan-platform.ts";
import type { RunContext } from "./run-context.ts";
import type { StackOutcome } from "./run-event.ts";
import { runStacks } from "./run-stacks.ts";
import type { OutputView } from "./stack-plan.ts";
import { runSteps } from "./run-steps.ts";
import { testStack } from "./test-stack.ts";

export interface ApplyOptions {
  readonly selection: Selection;
  readonly shown: PlatformPlan;
  readonly isRefreshAsked: boolean;
  readonly hashKey: string;
  readonly ask: (question: ApplyQuestion) => Promise<Answer>;
  readonly isTesting: boolean;
}

/** Applies what was shown, in order; a stack that fails, or whose smoke tests fail, holds up its dependents alone. */
export async function applyPlatform(
  context: RunContext,
  options: ApplyOptions,
): Promise<ReadonlyMap<string, StackOutcome>> {
  const { selection, shown } = options;
  const viewByAddress = new Map<string, OutputView>();
  const stateByAddress = new Map<string, StateFile | undefined>();
  for (const [address, { entry, state }] of shown.knowledgeByAddress) {
    stateByAddress.set(address, state);
    viewByAddress.set(address, appliedView(context, address, { entry, state }));
  }
  return runStacks<StackOutcome>(context, selection, {
    outcomeOf: (outcome) => outcome,
    holdsUp: holdsUpDependents,
    run: async (address) => {
      const stack = context.platform.stackByAddress.get(address);
      const plan = shown.planByAddress.get(address);
      if (!stack || !plan) return undefined;
      const applied = await applyStack(context, {
        stack,
        shown: plan,
        viewByAddress,
        stateByAddress,
        isRefreshAsked: options.isRefreshAsked,
        hashKey: options.hashKey,
        ask: options.ask,
      }).catch(failedStack(context, stack));
      stateByAddress.set(address, applied.state);
      viewByAddress.set(address, appliedView(context, address, applied));
      const stepped = await runSteps(context, { stack, applied, stateByAddress }).catch((error: unknown) => ({
        ...applied,
        outcome: failedTest(error),
      }));
      return options.isTesting
        ? testStack(context, { stack, applied: stepped, stateByAddress }).catch(failedTest)
        : stepped.outcome;
    },
  });
}

function failedStack(context: RunContext, stack: Stack): (error: unknown) => Promise<AppliedStack> {
  return async (error) => {
    const failure = failureOfError(error);
    const who = error instanceof StoreConflictError ? await otherRun(context, stack) : undefined;
    const message = who === undefined ? failure.message : `${failure.message}: ${who}`;
    return { outcome: failedOutcome({ ...failure, message }), state: undefined, entry: undefined, steps: [] };
  };
}

function failedTest(error: unknown): StackOutcome {
  return failedOutcome(failureOfError(error));
}
