import type { LockStatus } from "./lock-status.ts";

/** A state backend as the compiled stack names it: Terraform's type and the arguments of its block. */
export interface BackendConfig {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The environment variables that a store may look at; never `process.env` itself. */
export type StoreEnvironment = Readonly<Record<string, string | undefined>>;

/** One object as it was read. `version` is opaque; it changes with every write, also with one of the same bytes where the store can tell. */
export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly version: string;
}

/** What must hold for a write to happen; what does not hold is a StoreConflictError. */
export type WriteCondition = { readonly ifVersion: string } | { readonly ifAbsent: true };

/**
 * Objects under keys such as `d2b/dev/raw/terraform.tfstate`, in a bucket or a folder.
 * Whatever goes wrong is thrown as a StoreError that names the place and the key.
 */
export interface ObjectStore {
  /** For people: `s3://bucket`, or a folder. */
  readonly location: string;
  /** Is the bucket or folder there. */
  exists(): Promise<boolean>;
  /** Undefined where there is no such object. */
  read(key: string): Promise<StoredObject | undefined>;
  /** The version alone; undefined where there is no such object (or, on S3, no such bucket). */
  head(key: string): Promise<string | undefined>;
  /** Writes the whole object, or throws StoreConflictError; returns the new version. */
  write(key: string, body: Uint8Array | string, condition?: WriteCondition): Promise<string>;
  /** Without a condition, an object that is not there is no error. */
  remove(key: string, condition?: { readonly ifVersion: string }): Promise<void>;
  /** All keys that begin with the prefix, by code point. */
  list(prefix: string): Promise<readonly string[]>;
  /** Where the lock of a state is no object beside it, but belongs to the state itself. */
  readonly locks?: StateLocks;
  /** Makes what Terraform processes that start at once would clash over; where it may not, they say so themselves. */
  makeReady?(): Promise<void>;
}

/** The locks of states that a store keeps as something else than objects: as leases, or in the memory of a server. */
export interface StateLocks {
  /** Who holds the lock of the state under a key. */
  status(key: string): Promise<LockStatus>;
  /** Frees the lock that is held under this id; false where it is not held under it any more. */
  free(key: string, id: string): Promise<boolean>;
}

/** The object's bytes as UTF-8 text, without a byte-order mark. */
export function textOf(object: StoredObject): string {
  return new TextDecoder().decode(object.bytes);
}
