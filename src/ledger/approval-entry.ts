import { createHash } from "node:crypto";
import { parseJson } from "../plans/json.ts";
import { approvedChangesShape } from "./approved-changes.ts";
import { canonicalJson } from "./canonical-json.ts";
import { type EntryHead, formatShape, sequenceShape } from "./entry.ts";
import type { EntryKind } from "./entry-store.ts";
import { type StateStamp, stateStampShape } from "./inventory-entry.ts";
import {
  type Shape,
  ShapeError,
  flag,
  listOf,
  literally,
  objectOf,
  optional,
  orNull,
  text,
} from "./shape.ts";

/** One stack of a plan as it was shown: what may happen to it, and on what ground. */
export interface ApprovedStack {
  readonly address: string;
  readonly action: "apply" | "destroy";
  readonly stackDigest: string;
  readonly releaseDigest: string;
  /** Of the state that was planned against; null where there was none. */
  readonly state: StateStamp | null;
  /** Planned against unknown outputs: planned again at its turn, and compared. */
  readonly hasUnknowns: boolean;
  /** What `approvalToJson` writes: the normalised changes, sensitive values as hashes keyed with the salt. */
  readonly changes: unknown;
  /** Steps beside Terraform that run after it; left out where there are none. */
  readonly steps?: readonly string[];
  /** What the environment's own layer adds, which no earlier environment has proven; for people. */
  readonly unproven: readonly string[];
}

/** What is named by an approval's id. */
export interface ApprovalSubject {
  readonly platform: string;
  readonly command: "apply" | "destroy" | "prune";
  readonly target: string;
  readonly salt: string;
  readonly stacks: readonly ApprovedStack[];
}

export interface ApprovalDecision {
  readonly outcome: "approved" | "rejected";
  readonly by: string;
  /** ISO 8601. */
  readonly at: string;
  readonly note: string | null;
}

/** What was shown and waits for a person, or has been decided. Its run id is that of the run that showed it. */
export interface ApprovalEntry extends EntryHead, ApprovalSubject {
  /** The digest of the subject. */
  readonly id: string;
  /** "gate": its environment asks for it; "deferred": it could not be planned before; "changed": it is not what was approved. */
  readonly reason: "gate" | "deferred" | "changed";
  /** ISO 8601. */
  readonly plannedAt: string;
  readonly plannedBy: string;
  readonly decision: ApprovalDecision | null;
  /** The run that has applied it; an approval is good for one. */
  readonly usedBy: string | null;
}

/** The id of an approval: a digest of all that it holds, whatever the order of stacks and keys. */
export function approvalId({ platform, command, target, salt, stacks }: ApprovalSubject): string {
  const byAddress = Object.fromEntries(stacks.map((stack) => [stack.address, stack]));
  const subject = JSON.stringify({ platform, command, target, salt, stacks: byAddress });
  return createHash("sha256")
    .update(canonicalJson(parseJson(subject)))
    .digest("hex")
    .slice(0, 40);
}

const shape: Shape<ApprovalEntry> = objectOf<ApprovalEntry>({
  format: formatShape,
  sequence: sequenceShape,
  runId: text,
  id: text,
  platform: text,
  command: literally("apply", "destroy", "prune"),
  target: text,
  salt: text,
  stacks: listOf(
    objectOf<ApprovedStack>({
      address: text,
      action: literally("apply", "destroy"),
      stackDigest: text,
      releaseDigest: text,
      state: orNull(stateStampShape),
      hasUnknowns: flag,
      changes: approvedChangesShape,
      steps: optional(listOf(text)),
      unproven: listOf(text),
    }),
  ),
  reason: literally("gate", "deferred", "changed"),
  plannedAt: text,
  plannedBy: text,
  decision: orNull(
    objectOf<ApprovalDecision>({
      outcome: literally("approved", "rejected"),
      by: text,
      at: text,
      note: orNull(text),
    }),
  ),
  usedBy: orNull(text),
});

export const APPROVAL_ENTRY: EntryKind<ApprovalEntry> = {
  title: "approval",
  cost: "what it was about is put forward and approved again",
  shape: (value, path) => {
    const entry = shape(value, path);
    if (approvalId(entry) !== entry.id)
      throw new ShapeError("id", "the digest of what it approves; it was altered");
    return entry;
  },
};
