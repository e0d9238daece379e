import type { Expectation } from "./expectation.ts";

/** An entry of `quality`, everything known: what data is held against. */
export interface Suite {
  readonly name: string;
  readonly expectations: readonly Expectation[];
}

/** That there is data at all: without a row, all that is said of every row holds. */
export const NOT_EMPTY: Expectation = {
  name: "expect_table_row_count_to_be_between",
  arguments: { min_value: 1 },
};
