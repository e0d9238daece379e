import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  fstatSync,
  fsync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { byCodePoint } from "../text/compare.ts";
import { withFileLock } from "./file-lock.ts";
import type { ObjectStore, StoredObject, WriteCondition } from "./object-store.ts";
import { StoreConflictError, StoreError } from "./store-error.ts";

const LOCKS = ".platc-locks";
const DRAFT = ".platc-draft-";

interface FileState extends StoredObject {
  readonly modifiedNs: bigint;
}

export interface LocalStoreOptions {
  /** Whether a write is on the disk when it is done, so that it outlives the machine's end; true without it. */
  readonly isSynced?: boolean;
}

/**
 * Objects as files in a folder. A write is a temporary file and a rename, under a lock file, so that conditions
 * hold between processes. A version is the content's hash and the time of change, which every write moves on. Files are
 * small and near: each step takes microseconds, and many times that as a task of its own; only a disk is waited for.
 */
export function openLocalStore(folder: string, { isSynced = true }: LocalStoreOptions = {}): ObjectStore {
  const fileOf = (key: string) => join(folder, ...checkedSegments(folder, key));
  const attempt = <T>(doing: string, key: string, work: () => Promise<T>) =>
    work().catch((error: unknown) => {
      if (error instanceof StoreError) throw error;
      const why = error instanceof Error ? error.message : String(error);
      throw new StoreError(folder, `cannot ${doing} '${key}': ${why}`, { cause: error });
    });
  const underLock = <T>(doing: string, key: string, work: (file: string) => Promise<T>) =>
    attempt(doing, key, () => withFileLock(lockOf(folder, key), () => work(fileOf(key))));
  const readState = (key: string) => attempt("read", key, async () => readFileState(fileOf(key)));

  return {
    location: folder,
    exists: async () => (await statOrUndefined(folder))?.isDirectory() === true,
    read: async (key) => {
      const state = await readState(key);
      return state && { bytes: state.bytes, version: state.version };
    },
    head: async (key) => (await readState(key))?.version,
    write: (key, body, condition) =>
      underLock("write", key, async (file) => {
        const current = readFileState(file);
        if (!holds(condition, current)) throw new StoreConflictError(folder, key);
        return replaceFile(file, body, { after: current?.modifiedNs, isSynced });
      }),
    remove: (key, condition) =>
      underLock("remove", key, async (file) => {
        if (condition !== undefined && !holds(condition, readFileState(file)))
          throw new StoreConflictError(folder, key);
        rmSync(file, { force: true });
      }),
    list: (prefix) => attempt("list", prefix, () => listKeys(folder, prefix)),
  };
}

function holds(condition: WriteCondition | undefined, current: FileState | undefined): boolean {
  if (condition === undefined) return true;
  return "ifAbsent" in condition ? current === undefined : current?.version === condition.ifVersion;
}

/** A key never leads out of the folder, nor to what the store keeps for itself. */
function checkedSegments(folder: string, key: string): readonly string[] {
  const segments = key.split("/");
  const isUnsafe = (segment: string) =>
    segment === "" || segment === "." || segment === ".." || /[\0\\]/.test(segment) || isOwn(segment);
  if (segments.some(isUnsafe)) throw new StoreError(folder, `'${key}' is no key of an object`);
  return segments;
}

function isOwn(name: string): boolean {
  return name === LOCKS || name.startsWith(DRAFT);
}

function lockOf(folder: string, key: string): string {
  return join(folder, LOCKS, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.lock`);
}

/** Reads through one handle, so that bytes and time belong to the same write. */
function readFileState(file: string): FileState | undefined {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(file, "r");
    const { mtimeNs } = fstatSync(descriptor, { bigint: true });
    const bytes = readFileSync(descriptor);
    return { bytes, version: versionOf(bytes, mtimeNs), modifiedNs: mtimeNs };
  } catch (error) {
    if (isAbsence(error)) return undefined;
    throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function versionOf(bytes: Uint8Array, modifiedNs: bigint): string {
  return `${createHash("sha256").update(bytes).digest("hex").slice(0, 32)}-${modifiedNs}`;
}

interface Replacement {
  /** The time of change of what is there. */
  readonly after: bigint | undefined;
  readonly isSynced: boolean;
}

async function replaceFile(
  file: string,
  body: Uint8Array | string,
  { after, isSynced }: Replacement,
): Promise<string> {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  const draft = join(dirname(file), DRAFT + randomUUID());
  mkdirSync(dirname(file), { recursive: true });
  try {
    await writeNew(draft, bytes, isSynced);
    const modifiedNs = moveTimeBeyond(draft, after);
    renameSync(draft, file);
    return versionOf(bytes, modifiedNs);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

async function writeNew(file: string, bytes: Uint8Array, isSynced: boolean): Promise<void> {
  const descriptor = openSync(file, "wx", 0o600);
  try {
    writeFileSync(descriptor, bytes);
    if (isSynced) await sync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const sync = promisify(fsync);

/** File systems count time in steps of up to two seconds: two writes within one step must still differ. */
function moveTimeBeyond(file: string, after: bigint | undefined): bigint {
  for (const stepMs of [0, 1, 10, 2000]) {
    if (stepMs > 0) utimesSync(file, new Date(), new Date(Number(after! / 1_000_000n) + stepMs));
    const { mtimeNs } = statSync(file, { bigint: true });
    if (after === undefined || mtimeNs > after) return mtimeNs;
  }
  throw new Error("the file system does not keep times of change");
}

async function listKeys(folder: string, prefix: string): Promise<readonly string[]> {
  const start = join(folder, ...prefix.split("/").slice(0, -1));
  const keys: string[] = [];
  for await (const file of filesUnder(start)) {
    const key = relative(folder, file).split(sep).join("/");
    if (key.startsWith(prefix)) keys.push(key);
  }
  return keys.sort(byCodePoint);
}

async function* filesUnder(folder: string): AsyncGenerator<string> {
  for (const entry of await entriesOf(folder)) {
    if (isOwn(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.isFile()) yield path;
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isAbsence(error)) return [];
    throw error;
  }
}

async function statOrUndefined(path: string) {
  try {
    return await stat(path);
  } catch {
    return undefined;
  }
}

/** A file where a folder should be, or the reverse, also means that there is no such object. */
function isAbsence(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR";
}
