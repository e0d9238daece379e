import type { ObjectStore } from "../stores/object-store.ts";
import type { EntryContent, Stamped } from "./entry.ts";
import { readEntry, writeEntry } from "./entry-store.ts";
import { STEPS_ENTRY, type StepsEntry } from "./step-record.ts";

/** What the steps of stacks have done, by address. */
export interface StepLedger {
  read(address: string): Promise<Stamped<StepsEntry> | undefined>;
  /** Over the entry that was read, or where there was none. */
  write(
    content: EntryContent<StepsEntry>,
    previous: Stamped<StepsEntry> | undefined,
  ): Promise<Stamped<StepsEntry>>;
  remove(previous: Stamped<StepsEntry>): Promise<void>;
}

export function openSteps(store: ObjectStore, prefix: string): StepLedger {
  const keyOf = (address: string) => `${prefix}${address}.json`;
  return {
    read: (address) => readEntry(store, keyOf(address), STEPS_ENTRY),
    write: (content, previous) => writeEntry<StepsEntry>(store, keyOf(content.address), content, previous),
    remove: ({ entry, version }) => store.remove(keyOf(entry.address), { ifVersion: version }),
  };
}
