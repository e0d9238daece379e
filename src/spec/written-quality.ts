/** What is expected of a table or of files, under Great Expectations' names. A check of kind `quality` says where the data is. */
export interface WrittenQuality {
  /** One sentence for people. */
  description?: string;
  /** The columns that the data is known to have: an expectation about another one is then a mistake of the spec. */
  columns?: string[];
  /**
   * Whether data without a single row is right. Expectations about values hold where there are no values.
   * @default "fail"
   */
  empty?: "fail" | "allowed";
  /** What must hold, each entry one expectation. */
  expectations: WrittenExpectation[];
}

/** One expectation: exactly one of these keys. */
export interface WrittenExpectation {
  /** No value is null. An empty text is not null. */
  expect_column_values_to_not_be_null?: WrittenColumnExpectation;
  /** Every value is null. */
  expect_column_values_to_be_null?: WrittenColumnExpectation;
  /** No value stands in two rows; nulls do not count. */
  expect_column_values_to_be_unique?: WrittenColumnExpectation;
  /** Every value lies between two bounds; nulls do not count. */
  expect_column_values_to_be_between?: WrittenBetweenExpectation;
  /** Every value is one of these; nulls do not count. */
  expect_column_values_to_be_in_set?: WrittenSetExpectation;
  /** No value is one of these; nulls do not count. */
  expect_column_values_to_not_be_in_set?: WrittenSetExpectation;
  /** The regular expression is found in every value, as text; nulls do not count. */
  expect_column_values_to_match_regex?: WrittenRegexExpectation;
  /** The regular expression is found in no value, as text; nulls do not count. */
  expect_column_values_to_not_match_regex?: WrittenRegexExpectation;
  /** Every value, as text, has so many characters; nulls do not count. */
  expect_column_value_lengths_to_be_between?: WrittenLengthsExpectation;
  /** Every value, as text, has exactly so many characters; nulls do not count. */
  expect_column_value_lengths_to_equal?: WrittenLengthExpectation;
  /** No combination of values stands in two rows; rows where all are null do not count. */
  expect_compound_columns_to_be_unique?: WrittenColumnsExpectation;
  /** Within each row the values differ from each other; rows where all are null do not count. */
  expect_select_column_values_to_be_unique_within_record?: WrittenColumnsExpectation;
  /** Two columns hold the same in every row; rows where both are null do not count. */
  expect_column_pair_values_to_be_equal?: WrittenPairExpectation;
  /** The first column is greater than the second in every row; rows where both are null do not count. */
  expect_column_pair_values_a_to_be_greater_than_b?: WrittenGreaterExpectation;
  /** The least value lies between two bounds. */
  expect_column_min_to_be_between?: WrittenAggregateExpectation;
  /** The greatest value lies between two bounds: of a time, how fresh the data is. */
  expect_column_max_to_be_between?: WrittenAggregateExpectation;
  /** The mean lies between two bounds. */
  expect_column_mean_to_be_between?: WrittenAggregateExpectation;
  /** The median lies between two bounds. */
  expect_column_median_to_be_between?: WrittenAggregateExpectation;
  /** The sum lies between two bounds. */
  expect_column_sum_to_be_between?: WrittenAggregateExpectation;
  /** The standard deviation of the sample lies between two bounds. */
  expect_column_stdev_to_be_between?: WrittenAggregateExpectation;
  /** The number of different values lies between two bounds. */
  expect_column_unique_value_count_to_be_between?: WrittenAggregateExpectation;
  /** Different values, divided by values, lie between two bounds of 0 to 1. */
  expect_column_proportion_of_unique_values_to_be_between?: WrittenAggregateExpectation;
  /** The different values are among these. */
  expect_column_distinct_values_to_be_in_set?: WrittenDistinctExpectation;
  /** The different values are exactly these. */
  expect_column_distinct_values_to_equal_set?: WrittenDistinctExpectation;
  /** Each of these is among the different values. */
  expect_column_distinct_values_to_contain_set?: WrittenDistinctExpectation;
  /** There is such a column. */
  expect_column_to_exist?: WrittenExistsExpectation;
  /** The columns are these, in any order. */
  expect_table_columns_to_match_set?: WrittenColumnSetExpectation;
  /** The number of columns. */
  expect_table_column_count_to_equal?: WrittenCountExpectation;
  /** The number of columns lies between two bounds. */
  expect_table_column_count_to_be_between?: WrittenCountsExpectation;
  /** The number of rows. */
  expect_table_row_count_to_equal?: WrittenCountExpectation;
  /** The number of rows lies between two bounds. */
  expect_table_row_count_to_be_between?: WrittenCountsExpectation;
}

export interface WrittenColumnExpectation {
  column: string;
  /**
   * The share of rows, of those that count, in which it must hold: more than 0 and at most 1.
   * @default 1
   */
  mostly?: number | string;
}

export interface WrittenBetweenExpectation extends WrittenColumnExpectation {
  /** The least that is right; a number, or a date or time as text. */
  min_value?: number | string;
  /** The greatest that is right. */
  max_value?: number | string;
  /** The least itself is wrong. */
  strict_min?: boolean;
  /** The greatest itself is wrong. */
  strict_max?: boolean;
}

export interface WrittenSetExpectation extends WrittenColumnExpectation {
  /** Values, of the column's own type. */
  value_set: (number | string | boolean)[] | string;
}

export interface WrittenRegexExpectation extends WrittenColumnExpectation {
  /** What PostgreSQL, DuckDB and Python read alike is best: `^`, `$`, `[a-z]`, `\d`, `+`, `{2,3}`. */
  regex: string;
}

export interface WrittenLengthsExpectation extends WrittenColumnExpectation {
  min_value?: number | string;
  max_value?: number | string;
}

export interface WrittenLengthExpectation extends WrittenColumnExpectation {
  value: number | string;
}

export interface WrittenColumnsExpectation {
  column_list: string[];
  /**
   * The share of rows, of those that count, in which it must hold: more than 0 and at most 1.
   * @default 1
   */
  mostly?: number | string;
}

export interface WrittenPairExpectation {
  column_A: string;
  column_B: string;
  /**
   * The share of rows, of those that count, in which it must hold: more than 0 and at most 1.
   * @default 1
   */
  mostly?: number | string;
}

export interface WrittenGreaterExpectation extends WrittenPairExpectation {
  /** Equal is right too. */
  or_equal?: boolean;
}

export interface WrittenAggregateExpectation {
  column: string;
  /** The least that is right; a number, or a date or time as text. */
  min_value?: number | string;
  /** The greatest that is right. */
  max_value?: number | string;
  /** The least itself is wrong. */
  strict_min?: boolean;
  /** The greatest itself is wrong. */
  strict_max?: boolean;
}

export interface WrittenDistinctExpectation {
  column: string;
  /** Values, of the column's own type. */
  value_set: (number | string | boolean)[] | string;
}

export interface WrittenExistsExpectation {
  column: string;
}

export interface WrittenColumnSetExpectation {
  column_set: string[];
  /**
   * Whether other columns are wrong.
   * @default true
   */
  exact_match?: boolean;
}

export interface WrittenCountExpectation {
  value: number | string;
}

export interface WrittenCountsExpectation {
  min_value?: number | string;
  max_value?: number | string;
}

/** Data held against an entry of `quality`: files in S3 or a table of PostgreSQL. */
export interface WrittenQualityCheck {
  /** The entry of `quality`. */
  suite: string;
  s3?: WrittenQualityObjects;
  postgres?: WrittenPostgres;
  /** The table of the database. */
  table?: string;
  /**
   * The schema that the table is in.
   * @default "public"
   */
  schema?: string;
  /** Shows in the report what was found, such as the first values that were not expected. Never kept in the history. */
  show_values?: boolean;
}

export interface WrittenQualityObjects {
  bucket: string;
  /** Key of an object, or a pattern: `*` is anything but `/`, `**` anything. All that match are one table. */
  key: string;
  /** What they are, where their keys do not end with it. */
  format?: "csv" | "parquet";
  /** DuckDB's types of columns of CSV, where a look at all values is not right: `zip: VARCHAR` keeps the zero of 01067. */
  types?: { [column: string]: string };
}

/** A query on PostgreSQL, and what it must find. It can only read. */
export interface WrittenSqlCheck {
  postgres: WrittenPostgres;
  /** One statement. */
  query: string;
  expect?: WrittenSqlExpectation;
}

export interface WrittenSqlExpectation {
  /** How many rows it finds. */
  rows?: number | string;
  /** How many rows it finds at least. */
  min_rows?: number | string;
  /** What stands in the first column of its only row; `null` for null. */
  value?: unknown;
}

/** How to reach a PostgreSQL server. */
export interface WrittenPostgres {
  host: string;
  /**
   * @default 5432
   */
  port?: number | string;
  /**
   * @default "postgres"
   */
  database?: string;
  user?: string;
  /** Give it as `{{var.NAME}}`, or as a sensitive output. */
  password?: string;
  /** ARN or name of a secret in AWS Secrets Manager with `username` and `password`, such as RDS makes. */
  secret?: string;
  /**
   * Whether the connection is encrypted and by whom: `verify` asks for a certificate of a known authority, `require` for
   * any. `verify` if left out, and `off` for this machine itself.
   */
  ssl?: "verify" | "require" | "off";
  /** File beside the spec with the certificates of the authority, such as the bundle of RDS. */
  ca?: string;
}
