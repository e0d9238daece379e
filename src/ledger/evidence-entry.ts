import { type EntryHead, formatShape, sequenceShape } from "./entry.ts";
import type { EntryKind } from "./entry-store.ts";
import { type StackCoordinates, stackCoordinatesShape } from "./inventory-entry.ts";
import { objectOf, orNull, recordOf, text } from "./shape.ts";
import { type TestRecord, testRecordShape } from "./test-record.ts";

/** That a stack definition was applied on one kind of target, and how its checks went there. */
export interface Proof {
  readonly runId: string;
  /** ISO 8601. */
  readonly appliedAt: string;
  /** Of this environment's own stack, which differs from that of any other environment. */
  readonly stackDigest: string;
  /** Null where it was not tested yet: that proves nothing. */
  readonly tested: TestRecord | null;
}

/** What is known about a stack at one release digest in one environment: what a promotion looks for. */
export interface EvidenceEntry extends EntryHead {
  readonly address: string;
  readonly stack: StackCoordinates;
  readonly releaseDigest: string;
  /** The named parts of the release digest, so that a gate can say which one differs. */
  readonly parts: Readonly<Record<string, string>>;
  /** By target: cloud, emulator, rehearsal. What one proves says nothing about another. */
  readonly proofs: Readonly<Record<string, Proof>>;
}

export const EVIDENCE_ENTRY: EntryKind<EvidenceEntry> = {
  title: "evidence",
  cost: "the release must be applied and tested there again before the next environment takes it",
  shape: objectOf<EvidenceEntry>({
    format: formatShape,
    sequence: sequenceShape,
    runId: text,
    address: text,
    stack: stackCoordinatesShape,
    releaseDigest: text,
    parts: recordOf(text),
    proofs: recordOf(
      objectOf<Proof>({ runId: text, appliedAt: text, stackDigest: text, tested: orNull(testRecordShape) }),
    ),
  }),
};

/** Whether the evidence opens the next environment on that kind of target. */
export function proves(evidence: EvidenceEntry, target: string): boolean {
  return Object.hasOwn(evidence.proofs, target) && evidence.proofs[target]?.tested?.outcome === "passed";
}
