import { readFile } from "node:fs/promises";
import { FORMAT } from "./entry.ts";
import { LedgerError } from "./ledger-error.ts";
import type { RunEvent } from "./run-event.ts";

const KINDS: ReadonlySet<unknown> = new Set<RunEvent["kind"]>([
  ...(["run-started", "process-starting", "process-started", "lock-seen"] as const),
  ...(["process-ended", "run-ended"] as const),
]);

/**
 * The events of a run's journal; none where there is no journal. A line that was cut off when its writer died is
 * left out. Throws LedgerError where the journal is another's or a newer platc's.
 */
export async function readJournal(file: string): Promise<readonly RunEvent[]> {
  const lines = (await readOrEmpty(file)).split("\n").filter((line) => line.trim() !== "");
  const events = lines.map(parseLine).filter((event) => event !== undefined);
  const [first] = events;
  if (first === undefined) return [];
  const format = (first as { format?: unknown }).format;
  if (typeof format === "number" && format > FORMAT)
    throw new LedgerError("journal", file, `was written by a newer platc (format ${format}): update platc`);
  if (first.kind !== "run-started")
    throw new LedgerError("journal", file, "does not begin with the start of a run");
  return events;
}

function parseLine(line: string): RunEvent | undefined {
  try {
    const event = JSON.parse(line) as RunEvent;
    return KINDS.has(event?.kind) ? event : undefined;
  } catch {
    return undefined;
  }
}

async function readOrEmpty(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}
