import { readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { FORMAT } from "./entry.ts";
import { LedgerError, newerFormat, unreadableHint } from "./ledger-error.ts";
import type { RunEvent } from "./run-event.ts";
import { RUN_EVENT_SHAPES } from "./run-event-shape.ts";
import { ShapeError } from "./shape.ts";

/**
 * The events of a run's journal; none where there is no journal. A line that was cut off when its writer died is
 * left out. Throws LedgerError where the journal is a newer platc's or does not hold what it must.
 */
export async function readJournal(file: string): Promise<readonly RunEvent[]> {
  const lines = (await readOrEmpty(file)).split("\n").filter((line) => line.trim() !== "");
  const events = lines.map(parseLine).filter((event) => event !== undefined);
  const [first] = events;
  if (first === undefined) return [];
  const { format } = first as { format?: unknown };
  if (typeof format === "number" && format > FORMAT) throw newerFormat("journal", file, format, FORMAT);
  if (first.kind !== "run-started") throw unreadable(file, "does not begin with the start of a run");
  try {
    return events.map((event) => RUN_EVENT_SHAPES[event.kind](event, event.kind));
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw unreadable(file, `is no journal that platc can read: ${error.message}`, error);
  }
}

function unreadable(file: string, why: string, cause?: unknown): LedgerError {
  const cost = "what that run may have left is not put in order: locks, and what no state holds";
  return new LedgerError("journal", file, why, { hint: unreadableHint(dirname(file), cost), cause });
}

function parseLine(line: string): RunEvent | undefined {
  try {
    const event = JSON.parse(line) as RunEvent | null;
    return event && Object.hasOwn(RUN_EVENT_SHAPES, event.kind) ? event : undefined;
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
