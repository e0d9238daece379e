import type { Scalar } from "../spec/node.ts";

/** A value that a column can hold, and that an expectation names. */
export type SqlValue = Exclude<Scalar, null>;

/** What an expectation may be given; which of them one takes says EXPECTATION_KINDS. */
export interface ExpectationArguments {
  readonly column?: string;
  readonly column_A?: string;
  readonly column_B?: string;
  readonly column_list?: readonly string[];
  readonly column_set?: readonly string[];
  readonly exact_match?: boolean;
  readonly or_equal?: boolean;
  readonly min_value?: SqlValue;
  readonly max_value?: SqlValue;
  readonly strict_min?: boolean;
  readonly strict_max?: boolean;
  readonly value?: number;
  readonly value_set?: readonly SqlValue[];
  readonly regex?: string;
  readonly mostly?: number;
}

/** One expectation under Great Expectations' name, everything known and of the right type. */
export interface Expectation {
  readonly name: string;
  readonly arguments: ExpectationArguments;
}

/** What it is about, for people: its columns, or nothing where it is about the whole table. */
export function columnsOf({ arguments: given }: Expectation): readonly string[] {
  const { column, column_A, column_B, column_list } = given;
  return [column, column_A, column_B, ...(column_list ?? [])].filter((name) => name !== undefined);
}

/** The expectation for people, and in the history: `expect_column_to_exist (id)`. */
export function describeExpectation(expectation: Expectation): string {
  const columns = columnsOf(expectation);
  return columns.length === 0 ? expectation.name : `${expectation.name} (${columns.join(", ")})`;
}
