import type { RunContext } from "./run-context.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { BlockedOutcome, StackOutcome } from "./run-event.ts";
import { runInOrder } from "./schedule.ts";
import type { Selection } from "./selection.ts";
import { stacksAtOnce } from "./terraform-slots.ts";

/** How it is for a stack that was not begun. */
export type NotBegun = BlockedOutcome | { readonly status: "interrupted" };

/** The work for one stack of a run, and what its result means. */
export interface StackWork<Result> {
  /** Undefined where there is nothing to work on: what comes after it is held up. */
  readonly run: (address: string) => Promise<Result | undefined>;
  /** The result for reports; asked for once for each stack. */
  readonly outcomeOf: (result: Result | NotBegun) => StackOutcome;
  readonly holdsUp: (result: Result) => boolean;
  /** Takes a result before it is told, and before anything that comes after the stack begins. */
  readonly keep?: (address: string, result: Result | NotBegun, outcome: StackOutcome) => void;
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
    const outcome = outcomeOf(result);
    keep?.(address, result, outcome);
    context.tell({ kind: "stack-finished", address, outcome, seconds });
  };
  await runInOrder({
    nodes: addresses,
    upstreamOf,
    parallelism: stacksAtOnce(context.parallelism),
    signal: context.signal,
    blocked: (address, by) => finish(address, blockedBy(context, address, by), 0),
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

function blockedBy({ platform }: RunContext, address: string, by: string): BlockedOutcome {
  const isTied = reads(platform, address, by) || reads(platform, by, address);
  return { status: "blocked", by, ...(!isTied && { isByStage: true }) };
}

/** Whether a stack comes after another one by more than its stage; what left the spec is known by no platform. */
function reads(platform: Platform, address: string, other: string, seen = new Set<string>()): boolean {
  const stack = platform.stackByAddress.get(address);
  if (stack === undefined || address === other) return true;
  if (seen.has(address)) return false;
  seen.add(address);
  return stack.upstream.some((upstream) => reads(platform, upstream, other, seen));
}
