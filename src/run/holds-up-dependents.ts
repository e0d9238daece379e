import type { StackOutcome } from "./run-event.ts";

/** Whether what comes after a stack must wait. */
export function holdsUpDependents(outcome: StackOutcome): boolean {
  return ["failed", "blocked", "waiting", "interrupted", "deferred"].includes(outcome.status);
}
