import type { RunContext } from "./run-context.ts";
import type { StackOutcome } from "./run-event.ts";
import { runInOrder } from "./schedule.ts";
import type { Selection } from "./selection.ts";
import { stacksAtOnce } from "./terraform-slots.ts";

/** How it is for a stack that was not begun. */
export type NotBegun =
  { readonly status: "blocked"; readonly by: string } | { readonly status: "interrupted" };

/** The work for one stack of a run, and what its result means. */
export interface StackWork<Result> {
  /** Undefined where there is nothing to work on: what comes after it is held up. */
  readonly run: (address: string) => Promise<Result | undefined>;
  /** The result for reports; told once for each stack. */
  readonly outcomeOf: (result: Result | NotBegun) => StackOutcome;
  readonly holdsUp: (result: Result) => boolean;
  /** Takes a result before it is told, and before anything that comes after the stack begins. */
  readonly keep?: (address: string, result: Result | NotBegun) => void;
}

/** Runs work for stacks in order, tells how each ended and in what time, and gives all results by address. */
export async function runStacks<Result>(
  context: RunContext,
  { addresses, upstreamOf }: Pick<Selection, "addresses" | "upstreamOf">,
  { run, outcomeOf, holdsUp, keep }: StackWork<Result>,
): Promise<ReadonlyMap<string, Result | NotBegun>> {
  const results = new Map<string, Result | NotBegun>();
  const finish = (address: string, result: Result | NotBegun, seconds: number): void => {
    results.set(address, result);
    keep?.(address, result);
    context.tell({ kind: "stack-finished", address, outcome: outcomeOf(result), seconds });
  };
  await runInOrder({
    nodes: addresses,
    upstreamOf,
    parallelism: stacksAtOnce(context.parallelism),
    signal: context.signal,
    blocked: (address, culprit) => finish(address, { status: "blocked", by: culprit }, 0),
    skipped: (address) => finish(address, { status: "interrupted" }, 0),
    run: async (address) => {
      const started = context.now().getTime();
      const waitedBefore = context.slots.waited(address);
      const result = await run(address);
      if (result === undefined) return "stop";
      const waited = context.slots.waited(address) - waitedBefore;
      finish(address, result, Math.max(0, context.now().getTime() - started - waited) / 1000);
      return holdsUp(result) ? "stop" : "go-on";
    },
  });
  return results;
}
