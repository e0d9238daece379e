import { readFile, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { type LockHolder, type LockStatus, parseLockHolder } from "./lock-status.ts";
import { type BackendConfig, type ObjectStore, textOf } from "./object-store.ts";
import { textIn } from "./backend-text.ts";
import { stateLocation } from "./state-location.ts";

/** Reads the lock of the state that platc knows by the key. */
export async function lockHolder(
  store: ObjectStore,
  backend: BackendConfig,
  key: string,
): Promise<LockStatus> {
  const { objectKey } = stateLocation(backend, key);
  if (store.locks !== undefined && objectKey !== null) return store.locks.status(objectKey);
  const lockKey = lockKeyOf(backend, key);
  if (lockKey === undefined)
    return { status: "unknown", why: `platc cannot see the locks of the '${backend.type}' backend` };
  const object = await store.read(lockKey);
  if (object !== undefined && object.bytes.length > 0) {
    const holder = parseLockHolder(store.location, lockKey, textOf(object));
    const isLeft = backend.type === "local" && (await isSurelyLeft(join(store.location, key), holder));
    return { status: isLeft ? "left" : "held", holder };
  }
  const table = textIn(backend.config, "dynamodb_table");
  if (backend.type !== "s3" || table === undefined) return { status: "free" };
  const why = `the lock lies in the DynamoDB table '${table}', where platc does not look; 'use_lockfile: true' keeps it beside the state`;
  return { status: "unknown", why };
}

/**
 * Removes a lock whose holder is known to be gone. False where it is not held under this id any more.
 * Throws StoreConflictError where it changes hands at this moment.
 */
export async function freeLock(
  store: ObjectStore,
  backend: BackendConfig,
  key: string,
  id: string,
): Promise<boolean> {
  const { objectKey } = stateLocation(backend, key);
  if (store.locks !== undefined && objectKey !== null) return store.locks.free(objectKey, id);
  const lockKey = lockKeyOf(backend, key);
  const object = lockKey === undefined ? undefined : await store.read(lockKey);
  if (lockKey === undefined || object === undefined || object.bytes.length === 0) return false;
  if (parseLockHolder(store.location, lockKey, textOf(object)).id !== id) return false;
  await store.remove(lockKey, { ifVersion: object.version });
  return true;
}

function lockKeyOf(backend: BackendConfig, key: string): string | undefined {
  const { objectKey } = stateLocation(backend, key);
  if (objectKey === null) return undefined;
  if (backend.type === "s3") return `${objectKey}.tflock`;
  if (backend.type === "gcs") return objectKey.replace(/tfstate$/, "tflock");
  if (backend.type !== "local") return undefined;
  const at = objectKey.lastIndexOf("/") + 1;
  return `${objectKey.slice(0, at)}.${objectKey.slice(at).replace(/^\./, "")}.lock.info`;
}

/**
 * The local backend's lock belongs to the kernel and ends with its process; its note may stay behind.
 * Linux lists the locks by inode. Anything not certain counts as held.
 */
async function isSurelyLeft(stateFile: string, holder: LockHolder): Promise<boolean> {
  if (!holder.who.endsWith(`@${hostname()}`)) return false;
  try {
    const { ino } = await stat(stateFile, { bigint: true });
    const locks = await readFile("/proc/locks", "utf8");
    return !locks.split("\n").some((line) => line.includes(` POSIX `) && line.includes(`:${ino} `));
  } catch {
    return false;
  }
}
