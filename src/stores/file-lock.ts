import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identifyProcess, processStatus, type ProcessIdentity } from "./process-identity.ts";

interface LockFile extends ProcessIdentity {
  readonly token: string;
}

/** How long a lock of another machine may stand; the work under it takes milliseconds. */
const FOREIGN_LOCK_AGE_MS = 60_000;
const WAIT_MS = 30_000;

export interface FileLockOptions {
  /** How long to wait for another's work; 30 s without it. */
  readonly waitMs?: number;
  /** Ends the waiting, not the work. */
  readonly signal?: AbortSignal;
}

const queueByPath = new Map<string, Promise<unknown>>();

/** Runs the work while no other process of this or another machine runs work under the same lock file. */
export async function withFileLock<T>(
  path: string,
  work: () => Promise<T>,
  options: FileLockOptions = {},
): Promise<T> {
  const turn = (queueByPath.get(path) ?? Promise.resolve()).then(() => lockAndWork(path, work, options));
  const settled = turn.catch(() => undefined);
  queueByPath.set(path, settled);
  try {
    return await turn;
  } finally {
    if (queueByPath.get(path) === settled) queueByPath.delete(path);
  }
}

async function lockAndWork<T>(path: string, work: () => Promise<T>, options: FileLockOptions): Promise<T> {
  const token = await acquire(path, options);
  try {
    return await work();
  } finally {
    if ((await readLock(path))?.token === token) await rm(path, { force: true });
  }
}

async function acquire(path: string, { waitMs = WAIT_MS, signal }: FileLockOptions): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const mine: LockFile = { ...identifyProcess(), token: randomUUID() };
  const draft = `${path}.${mine.token}`;
  await writeFile(draft, JSON.stringify(mine));
  try {
    for (const deadline = Date.now() + waitMs; ;) {
      signal?.throwIfAborted();
      if (await tryLink(draft, path)) return mine.token;
      const other = await readLock(path);
      if (other !== undefined && (await isStale(path, other))) await breakLock(path, other);
      else if (Date.now() > deadline) throw new Error(lockedBy(path, other, waitMs));
      else await sleep(2 + Math.random() * 10);
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function isStale(path: string, lock: LockFile): Promise<boolean> {
  const status = processStatus(lock);
  return status === "dead" || (status === "unknown" && (await ageOf(path, "mtimeMs")) > FOREIGN_LOCK_AGE_MS);
}

/**
 * Removes a lock whose holder is gone. Of all who notice, only the one that links the dead lock to a name made
 * of its token may remove it; so nobody removes the lock that the next holder has made by then.
 */
async function breakLock(path: string, dead: LockFile): Promise<void> {
  const grave = `${path}.${dead.token}.dead`;
  if (await tryLink(path, grave)) {
    if ((await readLock(grave))?.token === dead.token) await rm(path, { force: true });
    await rm(grave, { force: true });
  } else if ((await ageOf(grave, "ctimeMs")) > FOREIGN_LOCK_AGE_MS) {
    await rm(grave, { force: true });
  } else {
    await sleep(5);
  }
}

/** A link appears with all of its content or not at all, and only where the name is free. */
async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || code === "ENOENT") return false;
    throw error;
  }
}

async function readLock(path: string): Promise<LockFile | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as LockFile;
  } catch {
    return undefined;
  }
}

/** A grave is as old as its link (the change time), not as the lock that it holds. */
async function ageOf(path: string, since: "mtimeMs" | "ctimeMs"): Promise<number> {
  try {
    return Date.now() - (await stat(path))[since];
  } catch {
    return 0;
  }
}

function lockedBy(path: string, lock: LockFile | undefined, waitMs: number): string {
  const who = lock === undefined ? "somebody" : `process ${lock.pid} on ${lock.host.split(" ")[0]}`;
  return `${who} has held the lock '${path}' for ${waitMs / 1000} s; remove the file if that process is gone`;
}
