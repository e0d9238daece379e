import { readdir } from "node:fs/promises";
import { type ProcessIdentity, processStatus } from "../stores/process-identity.ts";
import { LedgerError } from "./ledger-error.ts";
import { readJournal } from "./read-journal.ts";
import type { ProcessStarting, RunEvent, RunStarted } from "./run-event.ts";
import { journalFile, runsFolder } from "./run-journal.ts";

/** A Terraform process whose end no journal knows. */
export interface UnfinishedProcess {
  readonly start: ProcessStarting;
  /** Null where platc died before it could write it down: look into the log folder. */
  readonly identity: ProcessIdentity | null;
  /** "alive": it goes on by itself and will free its lock; "unknown": on another machine, or never written down. */
  readonly status: "alive" | "dead" | "unknown";
  /** Of the state's lock, as far as it was seen: what proves that a left lock is ours. */
  readonly lockId: string | null;
}

export interface UnfinishedRun {
  readonly run: RunStarted;
  /** Whether the platc of that run still goes on; then it is not for others to put in order. */
  readonly ownerStatus: "alive" | "dead" | "unknown";
  readonly processes: readonly UnfinishedProcess[];
}

/** The runs of this project folder that have no end, oldest first, and an error for each journal that cannot be read. */
export interface UnfinishedRuns {
  readonly runs: readonly UnfinishedRun[];
  readonly faults: readonly LedgerError[];
}

export async function findUnfinishedRuns(projectRoot: string): Promise<UnfinishedRuns> {
  const runs: UnfinishedRun[] = [];
  const faults: LedgerError[] = [];
  for (const runId of await runIds(projectRoot)) {
    try {
      const unfinished = unfinishedOf(await readJournal(journalFile(projectRoot, runId)));
      if (unfinished !== undefined) runs.push(unfinished);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      faults.push(error);
    }
  }
  return { runs, faults };
}

/** What is left of a run, by its events; undefined where it has ended or never began. */
export function unfinishedOf(events: readonly RunEvent[]): UnfinishedRun | undefined {
  const [run] = events;
  if (run?.kind !== "run-started" || events.some((event) => event.kind === "run-ended")) return undefined;
  const ended = new Set(events.flatMap((event) => (event.kind === "process-ended" ? [event.process] : [])));
  const starts = events.filter((event) => event.kind === "process-starting");
  const processes = starts
    .filter((start) => !ended.has(start.process))
    .map((start) => processOf(start, events));
  return { run, ownerStatus: processStatus(run.owner), processes };
}

function processOf(start: ProcessStarting, events: readonly RunEvent[]): UnfinishedProcess {
  const own = events.filter((event) => "process" in event && event.process === start.process);
  const identity = own.find((event) => event.kind === "process-started")?.identity ?? null;
  const lockId = own.findLast((event) => event.kind === "lock-seen")?.lockId ?? null;
  return { start, identity, status: identity === null ? "unknown" : processStatus(identity), lockId };
}

async function runIds(projectRoot: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(runsFolder(projectRoot), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
