/** Ten rows; nulls, an empty text, a repeated id, a rating of 9 and a bad e-mail are planted. */
export const ROWS: readonly (readonly (string | number | null)[])[] = [
  [1, "ann@example.com", 5, "2024-01-01", "good"],
  [2, "bob@example.com", 4, "2024-01-02", "good"],
  [3, "cy@example.com", 3, "2024-01-03", "bad"],
  [4, "dee@example.com", 2, "2024-01-04", "good"],
  [5, "", 1, "2024-01-05", "bad"],
  [6, null, 9, "2024-01-06", "good"],
  [7, "gil@example.com", null, "2024-01-07", "ugly"],
  [8, "hal@example.com", 4, "2024-01-08", null],
  [9, "nobody", 4, "2024-01-09", "good"],
  [9, "joe@example.com", 4, "2024-01-10", "good"],
];
/** The columns as SQL. */
export const COLUMNS = "id INTEGER, email VARCHAR, rating INTEGER, day DATE, verdict VARCHAR";

/** Each expectation with the verdict that it must have, and on a table without rows. */
export const EXPECTED: readonly (readonly [object, string, string])[] = [
  [{ expect_column_values_to_not_be_null: { column: "email" } }, "failed", "passed"],
  [{ expect_column_values_to_not_be_null: { column: "email", mostly: 0.9 } }, "passed", "passed"],
  [{ expect_column_values_to_not_be_null: { column: "email", mostly: 0.91 } }, "failed", "passed"],
  [{ expect_column_values_to_be_null: { column: "verdict", mostly: 0.1 } }, "passed", "passed"],
  [{ expect_column_values_to_be_unique: { column: "id" } }, "failed", "passed"],
  [{ expect_column_values_to_be_unique: { column: "id", mostly: 0.8 } }, "passed", "passed"],
  [{ expect_column_values_to_be_unique: { column: "email" } }, "passed", "passed"],
  [
    { expect_column_values_to_be_between: { column: "rating", min_value: 1, max_value: 5 } },
    "failed",
    "passed",
  ],
  [
    { expect_column_values_to_be_between: { column: "rating", min_value: 1, max_value: 9 } },
    "passed",
    "passed",
  ],
  [
    {
      expect_column_values_to_be_between: { column: "rating", min_value: 1, max_value: 9, strict_max: true },
    },
    "failed",
    "passed",
  ],
  [{ expect_column_values_to_be_between: { column: "day", min_value: "2024-01-01" } }, "passed", "passed"],
  [{ expect_column_values_to_be_between: { column: "day", min_value: "2024-01-02" } }, "failed", "passed"],
  [
    { expect_column_values_to_be_in_set: { column: "verdict", value_set: ["good", "bad"] } },
    "failed",
    "passed",
  ],
  [
    { expect_column_values_to_be_in_set: { column: "verdict", value_set: ["good", "bad", "ugly"] } },
    "passed",
    "passed",
  ],
  [
    { expect_column_values_to_be_in_set: { column: "rating", value_set: [1, 2, 3, 4, 5, 9] } },
    "passed",
    "passed",
  ],
  [{ expect_column_values_to_not_be_in_set: { column: "verdict", value_set: ["ugly"] } }, "failed", "passed"],
  [{ expect_column_values_to_match_regex: { column: "email", regex: "^[^@]+@[^@]+$" } }, "failed", "passed"],
  [
    { expect_column_values_to_match_regex: { column: "email", regex: "^[^@]+@[^@]+$", mostly: 0.7 } },
    "passed",
    "passed",
  ],
  [{ expect_column_values_to_not_match_regex: { column: "email", regex: "\\d" } }, "passed", "passed"],
  [
    { expect_column_value_lengths_to_be_between: { column: "verdict", min_value: 3, max_value: 4 } },
    "passed",
    "passed",
  ],
  [{ expect_column_value_lengths_to_be_between: { column: "email", min_value: 1 } }, "failed", "passed"],
  [{ expect_column_value_lengths_to_equal: { column: "day", value: 10 } }, "passed", "passed"],
  [{ expect_compound_columns_to_be_unique: { column_list: ["id", "rating"] } }, "failed", "passed"],
  [{ expect_compound_columns_to_be_unique: { column_list: ["id", "email"] } }, "passed", "passed"],
  [
    { expect_select_column_values_to_be_unique_within_record: { column_list: ["id", "rating"] } },
    "failed",
    "passed",
  ],
  [{ expect_column_pair_values_to_be_equal: { column_A: "id", column_B: "rating" } }, "failed", "passed"],
  [
    { expect_column_pair_values_a_to_be_greater_than_b: { column_A: "id", column_B: "rating", mostly: 0.5 } },
    "passed",
    "passed",
  ],
  [{ expect_column_min_to_be_between: { column: "rating", min_value: 1, max_value: 1 } }, "passed", "failed"],
  [{ expect_column_max_to_be_between: { column: "rating", max_value: 5 } }, "failed", "failed"],
  [{ expect_column_max_to_be_between: { column: "day", min_value: "2024-01-10" } }, "passed", "failed"],
  [
    { expect_column_mean_to_be_between: { column: "rating", min_value: 4, max_value: 4 } },
    "passed",
    "failed",
  ],
  [
    { expect_column_median_to_be_between: { column: "rating", min_value: 4, max_value: 4 } },
    "passed",
    "failed",
  ],
  [{ expect_column_sum_to_be_between: { column: "rating", min_value: 37 } }, "failed", "failed"],
  [
    { expect_column_stdev_to_be_between: { column: "rating", min_value: 2.2, max_value: 2.3 } },
    "passed",
    "failed",
  ],
  [
    { expect_column_unique_value_count_to_be_between: { column: "id", min_value: 9, max_value: 9 } },
    "passed",
    "failed",
  ],
  [
    { expect_column_proportion_of_unique_values_to_be_between: { column: "id", min_value: 0.9 } },
    "passed",
    "failed",
  ],
  [
    { expect_column_distinct_values_to_be_in_set: { column: "verdict", value_set: ["good", "bad"] } },
    "failed",
    "passed",
  ],
  [
    { expect_column_distinct_values_to_equal_set: { column: "verdict", value_set: ["ugly", "bad", "good"] } },
    "passed",
    "failed",
  ],
  [
    { expect_column_distinct_values_to_contain_set: { column: "verdict", value_set: ["good", "best"] } },
    "failed",
    "failed",
  ],
  [{ expect_column_to_exist: { column: "id" } }, "passed", "passed"],
  [{ expect_column_to_exist: { column: "ID" } }, "failed", "failed"],
  [{ expect_column_values_to_not_be_null: { column: "ID" } }, "error", "error"],
  [{ expect_column_mean_to_be_between: { column: "verdict", min_value: 0 } }, "error", "error"],
  [
    { expect_table_columns_to_match_set: { column_set: ["email", "id", "rating", "verdict", "day"] } },
    "passed",
    "passed",
  ],
  [{ expect_table_columns_to_match_set: { column_set: ["email", "id"] } }, "failed", "failed"],
  [{ expect_table_columns_to_match_set: { column_set: ["email"], exact_match: false } }, "passed", "passed"],
  [{ expect_table_column_count_to_equal: { value: 5 } }, "passed", "passed"],
  [{ expect_table_column_count_to_be_between: { min_value: 6 } }, "failed", "failed"],
  [{ expect_table_row_count_to_equal: { value: 10 } }, "passed", "failed"],
  [{ expect_table_row_count_to_be_between: { min_value: 1, max_value: 9 } }, "failed", "failed"],
];

const literal = (value: string | number | null): string =>
  value === null ? "NULL" : typeof value === "number" ? String(value) : `'${value}'`;

/** The rows as SQL. */
export const VALUES = ROWS.map((row) => `(${row.map(literal).join(", ")})`).join(", ");
