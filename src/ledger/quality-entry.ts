import { type EntryHead, formatShape, sequenceShape } from "./entry.ts";
import type { EntryKind } from "./entry-store.ts";
import { count, listOf, literally, objectOf, optional, text } from "./shape.ts";

/** How one expectation went: counts, and no value from the data. */
export interface VerdictRecord {
  readonly expectation: string;
  readonly status: "passed" | "failed" | "error";
  readonly elements?: number;
  readonly considered?: number;
  readonly unexpected?: number;
}

/** How one check of data went. */
export interface QualityRecord {
  readonly check: string;
  readonly suite: string;
  readonly data: string;
  readonly rows: number;
  readonly verdicts: readonly VerdictRecord[];
}

/** What the checks of data of one stack found in one run. */
export interface QualityEntry extends EntryHead {
  readonly address: string;
  /** ISO 8601. */
  readonly at: string;
  readonly target: string;
  readonly results: readonly QualityRecord[];
}

export const QUALITY_ENTRY: EntryKind<QualityEntry> = {
  title: "entry of the history of data quality",
  cost: "what that run found is forgotten",
  shape: objectOf<QualityEntry>({
    format: formatShape,
    sequence: sequenceShape,
    runId: text,
    address: text,
    at: text,
    target: text,
    results: listOf(
      objectOf<QualityRecord>({
        check: text,
        suite: text,
        data: text,
        rows: count,
        verdicts: listOf(
          objectOf<VerdictRecord>({
            expectation: text,
            status: literally("passed", "failed", "error"),
            elements: optional(count),
            considered: optional(count),
            unexpected: optional(count),
          }),
        ),
      }),
    ),
  }),
};
