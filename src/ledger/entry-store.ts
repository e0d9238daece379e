import { type ObjectStore, textOf } from "../stores/object-store.ts";
import { type EntryContent, type EntryHead, FORMAT, type Stamped } from "./entry.ts";
import { LedgerError, newerFormat, unreadableHint } from "./ledger-error.ts";
import { type Shape, ShapeError } from "./shape.ts";

/** One kind of entry, for people and for the check of what is read. */
export interface EntryKind<T extends EntryHead> {
  /** Such as "an inventory entry". */
  readonly title: string;
  /** What is lost where somebody deletes one, as the end of a sentence. */
  readonly cost: string;
  readonly shape: Shape<T>;
}

/** Reads an entry; undefined where there is none. Throws LedgerError where it is damaged or newer than this platc. */
export async function readEntry<T extends EntryHead>(
  store: ObjectStore,
  key: string,
  kind: EntryKind<T>,
): Promise<Stamped<T> | undefined> {
  const object = await store.read(key);
  if (object === undefined) return undefined;
  return { entry: parseEntry(store, key, textOf(object), kind), version: object.version };
}

function parseEntry<T extends EntryHead>(
  { location }: ObjectStore,
  key: string,
  text: string,
  kind: EntryKind<T>,
): T {
  const fail = (why: string, cause: unknown): LedgerError =>
    new LedgerError(location, key, `is no ${kind.title} that platc can read: ${why}`, {
      hint: unreadableHint(`${location}/${key}`, kind.cost),
      cause,
    });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw fail("it is not well-formed JSON", error);
  }
  const format = (parsed as { format?: unknown } | null)?.format;
  if (typeof format === "number" && format > FORMAT) throw newerFormat(location, key, format, FORMAT);
  try {
    return kind.shape(parsed, "");
  } catch (error) {
    if (!(error instanceof ShapeError)) throw error;
    throw fail(error.message, error);
  }
}

/**
 * Writes an entry over the one that was read, or where none was. Throws StoreConflictError where somebody else
 * has written in between.
 */
export async function writeEntry<T extends EntryHead>(
  store: ObjectStore,
  key: string,
  content: EntryContent<T>,
  previous: Stamped<T> | undefined,
): Promise<Stamped<T>> {
  const sequence = (previous?.entry.sequence ?? 0) + 1;
  // The type system cannot see that a content and its head make an entry.
  const entry = { format: FORMAT, ...content, sequence } as unknown as T;
  const condition = previous === undefined ? ({ ifAbsent: true } as const) : { ifVersion: previous.version };
  const version = await store.write(key, `${JSON.stringify(entry, null, 2)}\n`, condition);
  return { entry, version };
}

/** The names between a prefix and `.json` of all objects under it. */
export async function listEntryNames(store: ObjectStore, prefix: string): Promise<readonly string[]> {
  const keys = await store.list(prefix);
  return keys.filter((key) => key.endsWith(".json")).map((key) => key.slice(prefix.length, -".json".length));
}

/** Does the work for all items, at most `width` at a time, and keeps their order. */
export async function mapInTurns<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
