import type { Stack } from "../stacks/stack.ts";
import { outcomeOfFailedApply } from "./failed-outcome.ts";
import { otherRun, whoWrote } from "./other-run.ts";
import type { RunContext } from "./run-context.ts";
import type { StackOutcome } from "./run-event.ts";
import type { StackKnowledge } from "./stack-knowledge.ts";
import type { ApplyOutcome, TerraformFailure } from "./stack-terraform.ts";

/** Each run writes down what it begins: an entry that is another one than was planned with has another run's mark. */
export async function takenMeanwhile(context: RunContext, stack: Stack): Promise<StackOutcome> {
  const who = await otherRun(context, stack);
  return {
    status: "failed",
    message: `another run works on the same stack, or has applied it since this plan was made${who === undefined ? "" : `: ${who}`}`,
    hint: "run it again when that run has ended",
    details: [],
  };
}

/** Terraform waits for a lock without a word: whoever has begun and not ended is named before. */
export async function tellWhoIsThere(context: RunContext, { stack, entry }: StackKnowledge): Promise<void> {
  if (entry?.entry.status !== "incomplete") return;
  const who = await otherRun(context, stack);
  if (who !== undefined) context.tell({ kind: "note", message: `'${stack.address}': ${who}` });
}

/**
 * A plan that is stale, or a lock that is not ours, has somebody behind it: whoever can be named is. This run's own mark
 * may stand where that of the other stood when this one planned.
 */
export async function failedApply(
  context: RunContext,
  { stack, entry }: StackKnowledge,
  failure: Extract<ApplyOutcome, TerraformFailure>,
): Promise<StackOutcome> {
  const outcome = outcomeOfFailedApply(failure);
  const isTaken = failure.errors.some(({ kind }) => kind === "stale-plan" || kind === "state-locked");
  if (!isTaken || outcome.status !== "failed") return outcome;
  const who = (await otherRun(context, stack)) ?? whoWrote(context, entry?.entry);
  return who === undefined ? outcome : { ...outcome, message: `${outcome.message}: ${who}` };
}
