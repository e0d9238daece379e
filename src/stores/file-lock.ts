import { randomUUID } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identifyProcess, processStatus, type ProcessIdentity } from "./process-identity.ts";

interface LockFile extends ProcessIdentity {
  readonly token: string;
}

/** How long a lock of another machine may stand; the work under it takes milliseconds. */
const FOREIGN_LOCK_AGE_MS = 60_000;
const WAIT_MS = 30_000;
const TELL_MS = 15_000;

export interface FileLockOptions {
  /** How long to wait for another's work; 30 s without it. */
  readonly waitMs?: number;
  /** Waits longer than that for a process of this machine: as long as it lives. */
  readonly isPatient?: boolean;
  /** Hears of a process of this machine that the work waits for: at once, and every 15 s. */
  readonly onWait?: (holder: ProcessIdentity, seconds: number) => void;
  /** Ends the waiting, not the work. */
  readonly signal?: AbortSignal;
}

const queueByPath = new Map<string, Promise<unknown>>();

/**
 * Runs the work while no other process of this or another machine runs work under the same lock file. A free lock is
 * taken without a pause: each step of it takes microseconds, and many times that as a task of its own.
 */
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
    if (readLock(path)?.token === token) rmSync(path, { force: true });
  }
}

async function acquire(path: string, options: FileLockOptions): Promise<string> {
  const { waitMs = WAIT_MS, isPatient = false, onWait, signal } = options;
  const mine: LockFile = { ...identifyProcess(), token: randomUUID() };
  const draft = `${path}.${mine.token}`;
  const writeDraft = (): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, JSON.stringify(mine));
  };
  writeDraft();
  const begun = Date.now();
  let toldAt = -Infinity;
  try {
    for (;;) {
      signal?.throwIfAborted();
      if (tryLink(draft, path)) return mine.token;
      // Whoever holds the lock may take the folder away under it.
      if (!existsSync(draft)) writeDraft();
      const waited = Date.now() - begun;
      const other = readLock(path);
      const status = other && processStatus(other);
      if (other !== undefined && status === "alive" && onWait && waited - toldAt >= TELL_MS) {
        toldAt = waited;
        onWait(other, waited / 1000);
      }
      if (other !== undefined && isStale(path, status)) await breakLock(path, other);
      else if (waited > waitMs && !(isPatient && status === "alive"))
        throw new Error(lockedBy(path, other, waitMs));
      else await sleep(pauseAfter(waited));
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Work under a lock takes milliseconds as a rule; what takes longer is not asked for so often. */
function pauseAfter(waited: number): number {
  return (waited < 1000 ? 2 : 50) + Math.random() * 10;
}

function isStale(path: string, status: ReturnType<typeof processStatus> | undefined): boolean {
  return status === "dead" || (status === "unknown" && ageOf(path, "mtimeMs") > FOREIGN_LOCK_AGE_MS);
}

/**
 * Removes a lock whose holder is gone. Of all who notice, only the one that links the dead lock to a name made
 * of its token may remove it; so nobody removes the lock that the next holder has made by then.
 */
async function breakLock(path: string, dead: LockFile): Promise<void> {
  const grave = `${path}.${dead.token}.dead`;
  if (tryLink(path, grave)) {
    if (readLock(grave)?.token === dead.token) rmSync(path, { force: true });
    rmSync(grave, { force: true });
  } else if (ageOf(grave, "ctimeMs") > FOREIGN_LOCK_AGE_MS) {
    rmSync(grave, { force: true });
  } else {
    await sleep(5);
  }
}

/** A link appears with all of its content or not at all, and only where the name is free. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" || code === "ENOENT") return false;
    throw error;
  }
}

function readLock(path: string): LockFile | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as LockFile;
  } catch {
    return undefined;
  }
}

/** A grave is as old as its link (the change time), not as the lock that it holds. */
function ageOf(path: string, since: "mtimeMs" | "ctimeMs"): number {
  try {
    return Date.now() - statSync(path)[since];
  } catch {
    return 0;
  }
}

function lockedBy(path: string, lock: LockFile | undefined, waitMs: number): string {
  const who = lock === undefined ? "somebody" : `process ${lock.pid} on ${lock.host.split(" ")[0]}`;
  return `${who} has held the lock '${path}' for ${waitMs / 1000} s; remove the file if that process is gone`;
}
