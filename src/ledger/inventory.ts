import type { ObjectStore } from "../stores/object-store.ts";
import type { EntryContent, Stamped } from "./entry.ts";
import { listEntryNames, mapInTurns, readEntry, writeEntry } from "./entry-store.ts";
import { INVENTORY_COST, INVENTORY_ENTRY, type InventoryEntry } from "./inventory-entry.ts";
import { LedgerError, unreadableHint } from "./ledger-error.ts";

/** All entries that could be read, by address, and an error for each that could not. */
export interface InventoryReading {
  readonly entryByAddress: ReadonlyMap<string, Stamped<InventoryEntry>>;
  readonly faults: readonly LedgerError[];
}

/** What is applied, by address. */
export interface InventoryLedger {
  read(address: string): Promise<Stamped<InventoryEntry> | undefined>;
  /** Everything that is applied, or of that only the given addresses. One damaged entry hides no other. */
  readAll(addresses?: readonly string[]): Promise<InventoryReading>;
  list(): Promise<readonly string[]>;
  /** Over the entry that was read, or where there was none. */
  write(
    content: EntryContent<InventoryEntry>,
    previous: Stamped<InventoryEntry> | undefined,
  ): Promise<Stamped<InventoryEntry>>;
  /** After a destroy that left nothing. */
  remove(previous: Stamped<InventoryEntry>): Promise<void>;
}

const READS_AT_ONCE = 16;

export function openInventory(store: ObjectStore, prefix: string): InventoryLedger {
  const keyOf = (address: string) => `${prefix}${address}.json`;
  const read = async (address: string) => {
    const found = await readEntry(store, keyOf(address), INVENTORY_ENTRY);
    if (found !== undefined && found.entry.address !== address)
      throw new LedgerError(
        store.location,
        keyOf(address),
        `is the entry of another address, '${found.entry.address}'`,
        { hint: unreadableHint(`${store.location}/${keyOf(address)}`, INVENTORY_COST) },
      );
    return found;
  };
  const list = () => listEntryNames(store, prefix);
  return {
    read,
    list,
    readAll: async (addresses) => {
      const all = addresses ?? (await list());
      const readings = await mapInTurns(all, READS_AT_ONCE, (address) => read(address).catch(faultOf));
      const entries = all.flatMap((address, at) => {
        const reading = readings[at];
        return reading === undefined || reading instanceof LedgerError ? [] : [[address, reading] as const];
      });
      return {
        entryByAddress: new Map(entries),
        faults: readings.filter((reading) => reading instanceof LedgerError),
      };
    },
    write: (content, previous) =>
      writeEntry<InventoryEntry>(store, keyOf(content.address), content, previous),
    remove: ({ entry, version }) => store.remove(keyOf(entry.address), { ifVersion: version }),
  };
}

function faultOf(error: unknown): LedgerError {
  if (error instanceof LedgerError) return error;
  throw error;
}
