import { checksDigest } from "./checks-digest.ts";
import type { RunContext } from "./run-context.ts";
import type { OpenTests } from "./run-event.ts";
import type { StackKnowledge } from "./stack-knowledge.ts";
import { testedHere } from "./tested-here.ts";

/** The tests that an apply has yet to run of what is applied as it is defined; undefined where all have passed. */
export function openTests(
  context: RunContext,
  { stack, entry, state }: StackKnowledge,
): OpenTests | undefined {
  const { kind } = context.target;
  if (stack.checks.length === 0 || state === undefined || kind === "rehearsal") return undefined;
  const tested = testedHere(context, stack.address, entry?.entry);
  if (tested?.definition !== checksDigest(stack)) return "pending";
  return tested.outcome === "failed" ? "failed" : undefined;
}
