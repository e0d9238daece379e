import { join } from "node:path";
import type { World } from "../provider/provider-engine.ts";
import type { Value } from "../provider/value.ts";
import { openJournalFile, readJournalFile } from "./journal-file.ts";
import { storeValue } from "./stored-value.ts";

/** One resource, as a provider calls it. */
export interface ResourceKey {
  readonly source: string;
  readonly typeName: string;
  readonly id: string;
}

export interface WorldStore extends World {
  /** Whether it was there and a Terraform destroyed it: then it is gone, not merely forgotten. */
  readonly isDeleted: (key: ResourceKey) => boolean;
  /** On disk when this returns. */
  readonly put: (key: ResourceKey, value: Value) => void;
  readonly remove: (key: ResourceKey) => void;
  /** Rewrites the file with what is left. */
  readonly close: () => void;
}

/** A line of the file: a resource as it is, or, without a value, that it was destroyed. */
interface WorldEntry extends ResourceKey {
  readonly value?: unknown;
}

interface Kept {
  readonly key: ResourceKey;
  /** Undefined where it was destroyed. */
  readonly stored: unknown;
  /** As last put, or as read from the file when it was first asked for. */
  value: Value | undefined;
}

/** Of the file, from the time before this process: the value, for the schema that is served now. */
export type Restore = (source: string, typeName: string, stored: unknown) => Value;

/** The file of a world, in its folder: a journal, one line for each change. */
export const WORLD_FILE = "world.jsonl";

/** Held, in the world's folder, by the process that serves it. */
export const WORLD_LOCK = "world.lock";

/** Opens the world of a rehearsal: all that its stacks made, in memory, and in a file that outlives any end. */
export function openWorldStore(folder: string, restore: Restore): WorldStore {
  const path = join(folder, WORLD_FILE);
  const kinds = new Map<string, Map<string, Kept>>();
  for (const entry of readJournalFile(path)) keep(kinds, entry as WorldEntry);
  const journal = openJournalFile(path, entriesOf(kinds));
  const valueOf = (kept: Kept): Value =>
    (kept.value ??= restore(kept.key.source, kept.key.typeName, kept.stored));
  const find = (source: string, typeName: string, id: string): Kept | undefined =>
    kinds.get(kindOf({ source, typeName }))?.get(id);
  return {
    find(source, typeName, id) {
      const kept = find(source, typeName, id);
      return kept === undefined || kept.stored === undefined ? undefined : { id, value: valueOf(kept) };
    },
    list: (source, typeName) =>
      living(kinds.get(kindOf({ source, typeName }))).map((kept) => ({
        id: kept.key.id,
        value: valueOf(kept),
      })),
    children: (id) =>
      [...kinds.values()]
        .flatMap(living)
        .filter(({ key }) => key.id.startsWith(`${id}/`))
        .map(({ key }) => ({ typeName: key.typeName, id: key.id })),
    isDeleted({ source, typeName, id }) {
      const kept = find(source, typeName, id);
      return kept !== undefined && kept.stored === undefined;
    },
    put({ source, typeName, id }, value) {
      const entry = { source, typeName, id, value: storeValue(value) };
      journal.append(entry);
      keep(kinds, entry).value = value;
    },
    remove({ source, typeName, id }) {
      const entry = { source, typeName, id };
      journal.append(entry);
      keep(kinds, entry);
    },
    close() {
      journal.rewrite(entriesOf(kinds));
      journal.close();
    },
  };
}

function keep(kinds: Map<string, Map<string, Kept>>, entry: WorldEntry): Kept {
  const kind = kindOf(entry);
  const byId = kinds.get(kind) ?? new Map<string, Kept>();
  kinds.set(kind, byId);
  const { source, typeName, id } = entry;
  const kept: Kept = { key: { source, typeName, id }, stored: entry.value, value: undefined };
  byId.set(id, kept);
  return kept;
}

function* entriesOf(kinds: ReadonlyMap<string, ReadonlyMap<string, Kept>>): Iterable<WorldEntry> {
  for (const byId of kinds.values())
    for (const { key, stored } of byId.values()) yield stored === undefined ? key : { ...key, value: stored };
}

function living(byId: ReadonlyMap<string, Kept> | undefined): readonly Kept[] {
  return [...(byId?.values() ?? [])].filter(({ stored }) => stored !== undefined);
}

function kindOf({ source, typeName }: Omit<ResourceKey, "id">): string {
  return `${source} ${typeName}`;
}
