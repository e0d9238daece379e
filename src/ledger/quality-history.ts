import type { ObjectStore } from "../stores/object-store.ts";
import type { EntryContent } from "./entry.ts";
import { listEntryNames, mapInTurns, readEntry, writeEntry } from "./entry-store.ts";
import { QUALITY_ENTRY, type QualityEntry } from "./quality-entry.ts";

/** What every run found in the data of a stack: one object per stack and run. */
export interface QualityLedger {
  /** Adds what a run found, and lets go of what is older than the newest runs. */
  record(content: EntryContent<QualityEntry>): Promise<void>;
  /** The newest runs of a stack, oldest first. */
  history(address: string, newest: number): Promise<readonly QualityEntry[]>;
}

/** A year of daily runs. */
const KEPT_RUNS = 400;
const READS_AT_ONCE = 16;

export function openQuality(store: ObjectStore, prefix: string): QualityLedger {
  const keyOf = (address: string, runId: string) => `${prefix}${address}/${runId}.json`;
  /** Run ids sort by time. */
  const runsOf = async (address: string): Promise<readonly string[]> => {
    const names = await listEntryNames(store, `${prefix}${address}/`);
    return names.filter((name) => !name.includes("/")).sort();
  };
  return {
    record: async (content) => {
      const key = keyOf(content.address, content.runId);
      await writeEntry<QualityEntry>(store, key, content, await readEntry(store, key, QUALITY_ENTRY));
      const runs = await runsOf(content.address);
      for (const runId of runs.slice(0, -KEPT_RUNS)) await store.remove(keyOf(content.address, runId));
    },
    history: async (address, newest) => {
      const runs = (await runsOf(address)).slice(-newest);
      const entries = await mapInTurns(runs, READS_AT_ONCE, (runId) =>
        readEntry(store, keyOf(address, runId), QUALITY_ENTRY),
      );
      return entries.flatMap((stamped) => (stamped === undefined ? [] : [stamped.entry]));
    },
  };
}
