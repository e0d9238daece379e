import type { Dialect } from "../quality/dialect.ts";

/** One row of an answer: texts in the order of the columns, null for null. */
export type AnswerRow = readonly (string | null)[];

/** Data that expectations are held against, opened: the same for all of them, whoever writes meanwhile. */
export interface QualityTable {
  /** For people: `s3://BUCKET/KEY`, or a table. */
  readonly title: string;
  readonly dialect: Dialect;
  /** What stands after FROM. */
  readonly source: string;
  readonly columns: readonly string[];
  /** Throws QueryError where the database refuses. */
  readonly ask: (sql: string) => Promise<readonly AnswerRow[]>;
  readonly close: () => Promise<void>;
}

/** What a database says of a question that it cannot answer. */
export class QueryError extends Error {
  override readonly name = "QueryError";
  /** In a few words that hold no value from the data; the message may. */
  readonly short: string;

  constructor(message: string, short: string) {
    super(message);
    this.short = short;
  }
}

/** Data that cannot be looked at, in one sentence for people. `isFinal`: another try would see the same. */
export class NoTableError extends Error {
  override readonly name = "NoTableError";
  readonly isFinal: boolean;

  constructor(message: string, isFinal = false) {
    super(message);
    this.isFinal = isFinal;
  }
}
