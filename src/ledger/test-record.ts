import { type Shape, listOf, literally, objectOf, orNull, text } from "./shape.ts";

/** How one check of a stack went. */
export interface CheckRecord {
  readonly name: string;
  readonly kind: string;
  readonly outcome: "passed" | "failed" | "skipped";
  /** Why it failed or was skipped. */
  readonly note: string | null;
}

/** How all checks of a stack went, together. A stack without checks passes with none. */
export interface TestRecord {
  readonly runId: string;
  /** ISO 8601. */
  readonly at: string;
  readonly outcome: "passed" | "failed";
  /** Of the checks as they are defined, so that changed ones are run again. */
  readonly definition: string;
  readonly checks: readonly CheckRecord[];
}

export const testRecordShape: Shape<TestRecord> = objectOf<TestRecord>({
  runId: text,
  at: text,
  outcome: literally("passed", "failed"),
  definition: text,
  checks: listOf(
    objectOf<CheckRecord>({
      name: text,
      kind: text,
      outcome: literally("passed", "failed", "skipped"),
      note: orNull(text),
    }),
  ),
});
