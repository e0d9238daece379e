import { type EntryHead, formatShape, sequenceShape } from "./entry.ts";
import type { EntryKind } from "./entry-store.ts";
import { count, listOf, literally, objectOf, orNull, text } from "./shape.ts";

/** One run as others see it, beside the state. */
export interface RunRecord extends EntryHead {
  readonly platform: string;
  /** As typed: `apply dev --select raw...`. */
  readonly command: string;
  readonly target: string;
  /** `user@host`. */
  readonly who: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** Null while it runs, or for ever where platc was killed. */
  readonly endedAt: string | null;
  readonly outcome: "succeeded" | "failed" | "waiting" | "interrupted" | null;
  readonly addresses: readonly string[];
}

/** A resource that Terraform's events report as created, kept until a state holds it, so that it can be imported. */
export interface CreatedResource {
  readonly address: string;
  /** Null while the creation has begun and was not reported as done. */
  readonly id: { readonly key: string; readonly value: string } | null;
}

/** What one run did to one stack. Written as "running" before Terraform starts. */
export interface StackRecord extends EntryHead {
  readonly address: string;
  readonly action: "plan" | "apply" | "destroy" | "test";
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly outcome: "running" | "succeeded" | "unchanged" | "failed" | "blocked" | "deferred" | "interrupted";
  /** For people: the error's summary, the culprit of a blocked stack, the output that a deferred one waits for. */
  readonly reason: string | null;
  readonly changes: { readonly add: number; readonly change: number; readonly remove: number } | null;
  readonly approvalId: string | null;
  /** The id of the state's lock, as far as it was seen while Terraform held it. */
  readonly lockId: string | null;
  /** `user@host` of the process that started Terraform. */
  readonly who: string;
  readonly created: readonly CreatedResource[];
}

export const RUN_RECORD: EntryKind<RunRecord> = {
  title: "run record",
  cost: "that run is not listed any more",
  shape: objectOf<RunRecord>({
    format: formatShape,
    sequence: sequenceShape,
    runId: text,
    platform: text,
    command: text,
    target: text,
    who: text,
    startedAt: text,
    endedAt: orNull(text),
    outcome: orNull(literally("succeeded", "failed", "waiting", "interrupted")),
    addresses: listOf(text),
  }),
};

export const STACK_RECORD: EntryKind<StackRecord> = {
  title: "stack record",
  cost: "what that run did to the stack is not known any more",
  shape: objectOf<StackRecord>({
    format: formatShape,
    sequence: sequenceShape,
    runId: text,
    address: text,
    action: literally("plan", "apply", "destroy", "test"),
    startedAt: text,
    endedAt: orNull(text),
    outcome: literally("running", "succeeded", "unchanged", "failed", "blocked", "deferred", "interrupted"),
    reason: orNull(text),
    changes: orNull(
      objectOf<NonNullable<StackRecord["changes"]>>({ add: count, change: count, remove: count }),
    ),
    approvalId: orNull(text),
    lockId: orNull(text),
    who: text,
    created: listOf(
      objectOf<CreatedResource>({
        address: text,
        id: orNull(objectOf<NonNullable<CreatedResource["id"]>>({ key: text, value: text })),
      }),
    ),
  }),
};
