import { readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { LedgerError } from "../ledger/ledger-error.ts";
import { readJournal } from "../ledger/read-journal.ts";
import type { RunEvent } from "../ledger/run-event.ts";
import { journalFile, runsFolder } from "../ledger/run-journal.ts";

const KEPT_RUNS = 50;

/**
 * Removes the folders of runs that have ended, but for the newest 50. What recovery needs stays: runs without an
 * end, processes without an end, states that could not be saved, and journals that cannot be read.
 */
export async function removeEndedRuns(projectRoot: string): Promise<void> {
  const runIds = (await readdir(runsFolder(projectRoot)).catch(() => [])).sort();
  for (const runId of runIds.slice(0, -KEPT_RUNS)) {
    const folder = join(runsFolder(projectRoot), runId);
    if (!(await isInOrder(projectRoot, runId)) || (await holdsUnsavedState(folder))) continue;
    // What cannot be removed takes room, and nothing else.
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function isInOrder(projectRoot: string, runId: string): Promise<boolean> {
  try {
    const events = await readJournal(journalFile(projectRoot, runId));
    const end = events.find((event) => event.kind === "run-ended");
    return end !== undefined && (end.outcome === "recovered" || hasEndedProcesses(events));
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

function hasEndedProcesses(events: readonly RunEvent[]): boolean {
  const ended = new Set(events.flatMap((event) => (event.kind === "process-ended" ? [event.process] : [])));
  return events.every((event) => event.kind !== "process-starting" || ended.has(event.process));
}

/** Terraform works within a run's folder where it destroys what has left the spec. */
async function holdsUnsavedState(folder: string): Promise<boolean> {
  const paths = await readdir(folder, { recursive: true }).catch(() => []);
  return paths.some((path) => basename(path) === "errored.tfstate");
}
