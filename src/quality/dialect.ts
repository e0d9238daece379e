/** Where PostgreSQL and DuckDB differ, as far as expectations need it. */
export interface Dialect {
  readonly name: "postgres" | "duckdb";
  /** Whether the pattern is found in a text. */
  readonly matches: (text: string, pattern: string) => string;
  readonly median: (value: string) => string;
}

export const POSTGRES: Dialect = {
  name: "postgres",
  matches: (text, pattern) => `(${text} ~ ${pattern})`,
  median: (value) => `percentile_cont(0.5) WITHIN GROUP (ORDER BY ${value})`,
};

export const DUCKDB: Dialect = {
  name: "duckdb",
  matches: (text, pattern) => `regexp_matches(${text}, ${pattern})`,
  median: (value) => `median(${value})`,
};
