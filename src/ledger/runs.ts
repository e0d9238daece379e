import type { ObjectStore } from "../stores/object-store.ts";
import type { EntryContent, Stamped } from "./entry.ts";
import { listEntryNames, mapInTurns, readEntry, writeEntry } from "./entry-store.ts";
import { RUN_RECORD, type RunRecord, STACK_RECORD, type StackRecord } from "./run-record.ts";

/** What runs have done, for others and for other machines. The run's own journal is a local file: see openRunJournal. */
export interface RunLedger {
  readRun(runId: string): Promise<Stamped<RunRecord> | undefined>;
  writeRun(
    content: EntryContent<RunRecord>,
    previous: Stamped<RunRecord> | undefined,
  ): Promise<Stamped<RunRecord>>;
  readStack(runId: string, address: string): Promise<Stamped<StackRecord> | undefined>;
  readStacks(runId: string): Promise<readonly StackRecord[]>;
  writeStack(
    content: EntryContent<StackRecord>,
    previous: Stamped<StackRecord> | undefined,
  ): Promise<Stamped<StackRecord>>;
  /** Run ids, oldest first. */
  list(): Promise<readonly string[]>;
}

const READS_AT_ONCE = 16;

export function openRuns(store: ObjectStore, prefix: string): RunLedger {
  const runKey = (runId: string) => `${prefix}${runId}/run.json`;
  const stackPrefix = (runId: string) => `${prefix}${runId}/stacks/`;
  const stackKey = (runId: string, address: string) => `${stackPrefix(runId)}${address}.json`;
  const readStack = (runId: string, address: string) =>
    readEntry(store, stackKey(runId, address), STACK_RECORD);
  return {
    readRun: (runId) => readEntry(store, runKey(runId), RUN_RECORD),
    writeRun: (content, previous) => writeEntry<RunRecord>(store, runKey(content.runId), content, previous),
    readStack,
    readStacks: async (runId) => {
      const addresses = await listEntryNames(store, stackPrefix(runId));
      const found = await mapInTurns(addresses, READS_AT_ONCE, (address) => readStack(runId, address));
      return found.flatMap((stamped) => (stamped === undefined ? [] : [stamped.entry]));
    },
    writeStack: (content, previous) =>
      writeEntry<StackRecord>(store, stackKey(content.runId, content.address), content, previous),
    list: async () => {
      const names = await listEntryNames(store, prefix);
      return names.filter((name) => /^[^/]+\/run$/.test(name)).map((name) => name.slice(0, -"/run".length));
    },
  };
}
