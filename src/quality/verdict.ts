/** How one expectation went. `error`: it could not be looked at, such as a text compared with a number. */
export interface Verdict {
  /** With the columns that it is about: `expect_column_to_exist (id)`. */
  readonly expectation: string;
  readonly status: "passed" | "failed" | "error";
  /** Counts and causes in a few words, without a value from the data. */
  readonly found: string;
  /** Rows of the table, where rows were counted. */
  readonly elements?: number;
  /** Rows that counted. */
  readonly considered?: number;
  readonly unexpected?: number;
  /** Values from the data; only where they were asked for, and never kept. */
  readonly values?: readonly string[];
}

/** How one table, or the files of one kind, stood up to a suite. */
export interface QualityReport {
  /** The entry of `quality`. */
  readonly suite: string;
  /** Where the data was: `s3://BUCKET/KEY`, or a table. */
  readonly data: string;
  readonly rows: number;
  readonly verdicts: readonly Verdict[];
}
