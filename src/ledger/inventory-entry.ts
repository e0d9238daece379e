import type { BackendConfig } from "../stores/object-store.ts";
import { type EntryHead, formatShape, sequenceShape } from "./entry.ts";
import type { EntryKind } from "./entry-store.ts";
import {
  type Shape,
  anything,
  count,
  listOf,
  literally,
  objectOf,
  optional,
  orNull,
  recordOf,
  text,
} from "./shape.ts";
import { type TestRecord, testRecordShape } from "./test-record.ts";

/** What a stack is called in the spec, and where it is. */
export interface StackCoordinates {
  readonly name: string;
  readonly environment: string;
  readonly customer: string | null;
  /** The key of `for_each`. */
  readonly each: string | null;
}

/** Which state, and which writing of it: a state that was deleted and made again counts from 1 with a new lineage. */
export interface StateStamp {
  readonly lineage: string;
  readonly serial: number;
}

/**
 * What is applied under one address: what was put in, so that a run can tell what has changed since, and what is
 * needed to destroy it after its code has left the repository.
 */
export interface InventoryEntry extends EntryHead {
  /**
   * "incomplete" is written before Terraform starts and stays if the apply or destroy does not end well: the stack
   * is never up to date then, but what the run made has an owner.
   */
  readonly status: "complete" | "incomplete";
  /** ISO 8601: the end of the apply; of an incomplete one, its beginning. */
  readonly appliedAt: string;
  /** `user@host` of the run that wrote it; what an earlier platc wrote does not say. */
  readonly by?: string;
  readonly address: string;
  readonly stack: StackCoordinates;
  readonly app: string | null;
  readonly stage: string;
  /** cloud, emulator or rehearsal. */
  readonly target: string;
  readonly terraform: { readonly product: string; readonly version: string };
  readonly stateKey: string;
  /** Without credentials. */
  readonly backend: BackendConfig;
  /** The named parts of the stack digest. */
  readonly parts: Readonly<Record<string, string>>;
  readonly releaseDigest: string;
  /** Of the hashes in `consumed` and `variables`; drawn anew for every entry. */
  readonly salt: string;
  /** `<upstream address>#<output>` to the salted hash of the value that was applied. */
  readonly consumed: Readonly<Record<string, string>>;
  /** The Terraform variable's name to the salted hash of the value that was applied. */
  readonly variables: Readonly<Record<string, string>>;
  /** After the apply; null where none was written yet. */
  readonly state: StateStamp | null;
  /** Addresses, by reference or by order alone. */
  readonly upstream: readonly string[];
  /** Resource addresses with `prevent_destroy`. */
  readonly protected: readonly string[];
  /** The SHA-256 that the archive of root, modules and packages lies under. */
  readonly bundle: string;
  /** Instances of data sources in the state, which only a refresh reads anew. */
  readonly dataSources: number;
  /** Addresses of `check` blocks that Terraform found not to hold when it looked last; what an earlier platc wrote has none. */
  readonly failedAssertions?: readonly string[];
  /** Of what is applied now; null where it was not tested yet. */
  readonly tested: TestRecord | null;
  /**
   * `<upstream address>#<output>` to the JSON text of the value as consumed last, for the overlay of a destroy after
   * the upstream is gone; null for a sensitive one, which is unknown in that overlay. One that is not marked as
   * sensitive and holds a secret is left out, and is unknown too.
   */
  readonly lastOutputs: Readonly<Record<string, string | null>>;
}

export const stackCoordinatesShape: Shape<StackCoordinates> = objectOf<StackCoordinates>({
  name: text,
  environment: text,
  customer: orNull(text),
  each: orNull(text),
});

export const stateStampShape: Shape<StateStamp> = objectOf<StateStamp>({ lineage: text, serial: count });

/** What is lost with an inventory entry. */
export const INVENTORY_COST =
  "the next run plans that stack with Terraform and records it again; a stack that has left the spec is not known as an orphan any more, and only its state still holds what was made";

export const INVENTORY_ENTRY: EntryKind<InventoryEntry> = {
  title: "inventory entry",
  cost: INVENTORY_COST,
  shape: objectOf<InventoryEntry>({
    format: formatShape,
    sequence: sequenceShape,
    runId: text,
    status: literally("complete", "incomplete"),
    appliedAt: text,
    by: optional(text),
    address: text,
    stack: stackCoordinatesShape,
    app: orNull(text),
    stage: text,
    target: text,
    terraform: objectOf<InventoryEntry["terraform"]>({ product: text, version: text }),
    stateKey: text,
    backend: objectOf<BackendConfig>({ type: text, config: recordOf(anything) }),
    parts: recordOf(text),
    releaseDigest: text,
    salt: text,
    consumed: recordOf(text),
    variables: recordOf(text),
    state: orNull(stateStampShape),
    upstream: listOf(text),
    protected: listOf(text),
    bundle: text,
    dataSources: count,
    failedAssertions: optional(listOf(text)),
    tested: orNull(testRecordShape),
    lastOutputs: recordOf(orNull(text)),
  }),
};
