import type { StepRecord, StepsEntry } from "../ledger/step-record.ts";
import { processStatus } from "../stores/process-identity.ts";
import type { RunContext } from "./run-context.ts";
import type { FailedOutcome } from "./failed-outcome.ts";

/** What people's clocks may differ by. */
const CLOCKS_MS = 60_000;

/** Until when others keep away from a step that is begun now: it is stopped after its timeout. */
export function heldUntil(now: Date, timeoutSeconds: number): string {
  return new Date(now.getTime() + timeoutSeconds * 1000 + CLOCKS_MS).toISOString();
}

/**
 * Whether another run is at a program. Of a process of this machine it is known whether it still runs; of one of
 * another machine, that its time is not over. A database keeps two runs of its migrations apart itself.
 */
export function isHeld({ runId, now }: Pick<RunContext, "runId" | "now">, record: StepRecord): boolean {
  const { holder } = record;
  if (holder === undefined || record.outcome !== "begun" || record.kind !== "command") return false;
  if (record.runId === runId || now().getTime() >= Date.parse(holder.until)) return false;
  return processStatus(holder.process) !== "dead";
}

/** How a stack ends whose program another run is at; undefined where none is. */
export function heldOutcome(context: RunContext, entry: StepsEntry | undefined): FailedOutcome | undefined {
  if (entry?.target !== context.target.kind) return undefined;
  for (const [name, record] of Object.entries(entry.steps)) {
    if (!isHeld(context, record)) continue;
    const { by = "somebody", until = "" } = record.holder ?? {};
    return {
      status: "failed",
      message: `another run is at its step '${name}': ${by} since ${record.at} (run ${record.runId})`,
      hint: `run it again when that run has ended; where its machine is gone, the step is free at ${until}`,
      details: [],
    };
  }
  return undefined;
}
