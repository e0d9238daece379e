import { mapInTurns } from "../ledger/entry-store.ts";
import { driftStack, type DriftStackOptions } from "./drift-stack.ts";
import { type DriftSubject, orphanSubject, stackSubject } from "./drift-subject.ts";
import { failedOutcome, failureOfError } from "./failed-outcome.ts";
import type { Orphan } from "./find-orphans.ts";
import type { RunContext } from "./run-context.ts";
import type { StackOutcome } from "./run-event.ts";
import { runStacks } from "./run-stacks.ts";
import type { Selection } from "./selection.ts";
import { readKnowledge } from "./stack-knowledge.ts";

const READS_AT_ONCE = 16;

/** Reads what is known of the selected stacks and of orphans; no Terraform is started. */
export async function driftSubjects(
  context: RunContext,
  { addresses }: Pick<Selection, "addresses">,
  orphans: readonly Orphan[],
): Promise<readonly DriftSubject[]> {
  const stacks = addresses.flatMap((address) => context.platform.stackByAddress.get(address) ?? []);
  const own = await mapInTurns(stacks, READS_AT_ONCE, async (stack) =>
    stackSubject(context, await readKnowledge(context, stack)),
  );
  const left = await mapInTurns(orphans, READS_AT_ONCE, (orphan) => orphanSubject(context, orphan));
  return [...own, ...left];
}

/** Looks for drift in all of them at once: none waits for another, since nothing is changed. */
export async function driftPlatform(
  context: RunContext,
  subjects: readonly DriftSubject[],
  options: DriftStackOptions,
): Promise<ReadonlyMap<string, StackOutcome>> {
  const subjectByAddress = new Map(subjects.map((subject) => [subject.address, subject] as const));
  return runStacks<StackOutcome>(
    context,
    { addresses: [...subjectByAddress.keys()], upstreamOf: new Map() },
    {
      outcomeOf: (outcome) => outcome,
      holdsUp: () => false,
      run: async (address) => {
        const subject = subjectByAddress.get(address);
        return (
          subject &&
          driftStack(context, subject, options).catch((error: unknown) =>
            failedOutcome(failureOfError(error)),
          )
        );
      },
    },
  );
}
