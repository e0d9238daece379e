import type { Dialect } from "./dialect.ts";
import type { ExpectationArguments } from "./expectation.ts";
import {
  betweenRows,
  columnsWhere,
  countDistinct,
  groupsOf,
  holdsWhere,
  memberRows,
  type Question,
  rowsWhere,
  withinBounds,
} from "./question.ts";
import { quoteName, quoteValue } from "./quote-sql.ts";

type ArgumentName = keyof ExpectationArguments;

/** What an argument must be. `scalar` is a number or a text such as a date, `count` a whole number from 0. */
export type ArgumentType =
  "name" | "names" | "scalar" | "number" | "count" | "set" | "regex" | "flag" | "share";

/** One of the expectations that platc knows. */
export interface ExpectationKind {
  readonly required: ReadonlyMap<ArgumentName, ArgumentType>;
  readonly optional: ReadonlyMap<ArgumentName, ArgumentType>;
  /** What is asked of the data. */
  readonly ask: (given: ExpectationArguments, dialect: Dialect) => Question;
}

type Types = Partial<Readonly<Record<ArgumentName, ArgumentType>>>;

const COLUMN = { column: "name" } as const;
const MOSTLY = { mostly: "share" } as const;
const STRICT = { strict_min: "flag", strict_max: "flag" } as const;
const BOUNDS = { min_value: "scalar", max_value: "scalar", ...STRICT } as const;
const NUMBERS = { min_value: "number", max_value: "number", ...STRICT } as const;
const COUNTS = { min_value: "count", max_value: "count" } as const;

const column = ({ column: name = "" }: ExpectationArguments): string => quoteName(name);
const asText = (name: string): string => `CAST(${name} AS VARCHAR)`;

/** A law for every value of a column that is not null; the predicate says which are wrong. */
function valuesKind(
  required: Types,
  optional: Types,
  unexpected: (name: string, given: ExpectationArguments, dialect: Dialect) => string,
): ExpectationKind {
  return kind({ ...COLUMN, ...required }, { ...optional, ...MOSTLY }, (given, dialect) => {
    const name = column(given);
    return rowsWhere(`${name} IS NOT NULL`, unexpected(name, given, dialect), [name]);
  });
}

/** A law for one number of all values of a column, which is null where there are none. */
function aggregateKind(
  bounds: Types,
  aggregate: (name: string, dialect: Dialect) => string,
  isCount = false,
): ExpectationKind {
  return kind(COLUMN, bounds, (given, dialect) => {
    const value = aggregate(column(given), dialect);
    return holdsWhere(value, withinBounds(value, given), isCount);
  });
}

function pairKind(
  optional: Types,
  holds: (left: string, right: string, given: ExpectationArguments) => string,
): ExpectationKind {
  return kind({ column_A: "name", column_B: "name" }, { ...optional, ...MOSTLY }, (given) => {
    const [left, right] = [quoteName(given.column_A ?? ""), quoteName(given.column_B ?? "")];
    const unexpected = `NOT coalesce(${holds(left, right, given)}, FALSE)`;
    return rowsWhere(`NOT (${left} IS NULL AND ${right} IS NULL)`, unexpected, [left, right]);
  });
}

function columnsKind(ask: (names: readonly string[]) => Question): ExpectationKind {
  return kind({ column_list: "names" }, MOSTLY, ({ column_list = [] }) => ask(column_list.map(quoteName)));
}

function kind(required: Types, optional: Types, ask: ExpectationKind["ask"]): ExpectationKind {
  return { required: typesOf(required), optional: typesOf(optional), ask };
}

function typesOf(types: Types): ReadonlyMap<ArgumentName, ArgumentType> {
  return new Map(Object.entries(types) as [ArgumentName, ArgumentType][]);
}

const notAllNull = (names: readonly string[]): string =>
  `NOT (${names.map((name) => `${name} IS NULL`).join(" AND ")})`;

const equalPairs = (names: readonly string[]): string =>
  names
    .flatMap((left, at) => names.slice(at + 1).map((right) => `coalesce(${left} = ${right}, FALSE)`))
    .join(" OR ");

const setOf = ({ value_set = [] }: ExpectationArguments): readonly string[] => [
  ...new Set(value_set.map(quoteValue)),
];

/** The one register of expectations, under Great Expectations' names. */
export const EXPECTATION_KINDS: ReadonlyMap<string, ExpectationKind> = new Map<string, ExpectationKind>([
  [
    "expect_column_values_to_not_be_null",
    kind(COLUMN, MOSTLY, (given) => rowsWhere("TRUE", `${column(given)} IS NULL`, [column(given)])),
  ],
  [
    "expect_column_values_to_be_null",
    kind(COLUMN, MOSTLY, (given) => rowsWhere("TRUE", `${column(given)} IS NOT NULL`, [column(given)])),
  ],
  [
    "expect_column_values_to_be_unique",
    kind(COLUMN, MOSTLY, (given) => groupsOf([column(given)], `${column(given)} IS NOT NULL`)),
  ],
  ["expect_column_values_to_be_between", valuesKind({}, BOUNDS, (name, given) => betweenRows(name, given))],
  [
    "expect_column_values_to_be_in_set",
    valuesKind({ value_set: "set" }, {}, (name, given) => `NOT ${memberRows(name, setOf(given))}`),
  ],
  [
    "expect_column_values_to_not_be_in_set",
    valuesKind({ value_set: "set" }, {}, (name, given) => memberRows(name, setOf(given))),
  ],
  [
    "expect_column_values_to_match_regex",
    valuesKind(
      { regex: "regex" },
      {},
      (name, { regex = "" }, dialect) => `NOT ${dialect.matches(asText(name), quoteValue(regex))}`,
    ),
  ],
  [
    "expect_column_values_to_not_match_regex",
    valuesKind({ regex: "regex" }, {}, (name, { regex = "" }, dialect) =>
      dialect.matches(asText(name), quoteValue(regex)),
    ),
  ],
  [
    "expect_column_value_lengths_to_be_between",
    valuesKind({}, COUNTS, (name, given) => betweenRows(`length(${asText(name)})`, given)),
  ],
  [
    "expect_column_value_lengths_to_equal",
    valuesKind(
      { value: "count" },
      {},
      (name, { value = 0 }) => `length(${asText(name)}) <> ${quoteValue(value)}`,
    ),
  ],
  ["expect_compound_columns_to_be_unique", columnsKind((names) => groupsOf(names, notAllNull(names)))],
  [
    "expect_select_column_values_to_be_unique_within_record",
    columnsKind((names) => rowsWhere(notAllNull(names), `(${equalPairs(names)})`, names)),
  ],
  ["expect_column_pair_values_to_be_equal", pairKind({}, (left, right) => `${left} = ${right}`)],
  [
    "expect_column_pair_values_a_to_be_greater_than_b",
    pairKind(
      { or_equal: "flag" },
      (left, right, given) => `${left} ${given.or_equal === true ? ">=" : ">"} ${right}`,
    ),
  ],
  ["expect_column_min_to_be_between", aggregateKind(BOUNDS, (name) => `min(${name})`)],
  ["expect_column_max_to_be_between", aggregateKind(BOUNDS, (name) => `max(${name})`)],
  ["expect_column_mean_to_be_between", aggregateKind(NUMBERS, (name) => `avg(${name})`)],
  ["expect_column_median_to_be_between", aggregateKind(NUMBERS, (name, { median }) => median(name))],
  ["expect_column_sum_to_be_between", aggregateKind(NUMBERS, (name) => `sum(${name})`)],
  ["expect_column_stdev_to_be_between", aggregateKind(NUMBERS, (name) => `stddev_samp(${name})`)],
  [
    "expect_column_unique_value_count_to_be_between",
    aggregateKind(NUMBERS, (name) => `count(DISTINCT ${name})`, true),
  ],
  [
    "expect_column_proportion_of_unique_values_to_be_between",
    aggregateKind(
      NUMBERS,
      (name) => `coalesce(CAST(count(DISTINCT ${name}) AS DOUBLE PRECISION) / nullif(count(${name}), 0), 0)`,
      true,
    ),
  ],
  [
    "expect_column_distinct_values_to_be_in_set",
    kind({ ...COLUMN, value_set: "set" }, {}, (given) =>
      countDistinct(column(given), setOf(given), "within"),
    ),
  ],
  [
    "expect_column_distinct_values_to_equal_set",
    kind({ ...COLUMN, value_set: "set" }, {}, (given) => countDistinct(column(given), setOf(given), "equal")),
  ],
  [
    "expect_column_distinct_values_to_contain_set",
    kind({ ...COLUMN, value_set: "set" }, {}, (given) =>
      countDistinct(column(given), setOf(given), "around"),
    ),
  ],
  ["expect_column_to_exist", kind(COLUMN, {}, ({ column: name = "" }) => columnsWhere({ required: [name] }))],
  [
    "expect_table_columns_to_match_set",
    kind({ column_set: "names" }, { exact_match: "flag" }, ({ column_set = [], exact_match = true }) =>
      columnsWhere({ required: column_set, isExact: exact_match }),
    ),
  ],
  [
    "expect_table_column_count_to_equal",
    kind({ value: "count" }, {}, ({ value = 0 }) => columnsWhere({ least: value, most: value })),
  ],
  [
    "expect_table_column_count_to_be_between",
    kind({}, COUNTS, ({ min_value = 0, max_value = Number.MAX_SAFE_INTEGER }) =>
      columnsWhere({ least: Number(min_value), most: Number(max_value) }),
    ),
  ],
  [
    "expect_table_row_count_to_equal",
    kind({ value: "count" }, {}, ({ value = 0 }) =>
      holdsWhere("count(*)", `count(*) = ${quoteValue(value)}`, true),
    ),
  ],
  [
    "expect_table_row_count_to_be_between",
    kind({}, COUNTS, (given) => holdsWhere("count(*)", withinBounds("count(*)", given), true)),
  ],
]);
