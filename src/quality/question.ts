import type { ExpectationArguments, SqlValue } from "./expectation.ts";
import { quoteValue } from "./quote-sql.ts";

/** What an expectation asks of a table: one row of numbers, or the names of its columns. */
export type Question = RowsQuestion | ValueQuestion | ColumnsQuestion;

/** Counts rows: all, those that count, and of these the unexpected ones. `mostly` says how many may be. */
export interface RowsQuestion {
  readonly kind: "rows";
  /** Columns: elements, considered, unexpected. */
  readonly sql: (source: string) => string;
  /** Unexpected values themselves; only asked where somebody wants to see them. */
  readonly sample: (source: string, limit: number) => string;
}

/** Asks for one value of the whole table and whether it is right. */
export interface ValueQuestion {
  readonly kind: "value";
  /** Columns: holds, observed. */
  readonly sql: (source: string) => string;
  /** Whether what was observed is a count, and not a value from the data. */
  readonly isCount: boolean;
}

/** Asks for the columns alone. */
export interface ColumnsQuestion {
  readonly kind: "columns";
  readonly required: readonly string[];
  /** Whether others are wrong. */
  readonly isExact: boolean;
  readonly least: number;
  readonly most: number;
}

/** A question about columns that leaves out what it does not ask. */
export function columnsWhere(asked: Partial<Omit<ColumnsQuestion, "kind">>): ColumnsQuestion {
  return { kind: "columns", required: [], isExact: false, least: 0, most: Number.MAX_SAFE_INTEGER, ...asked };
}

/** Whether the columns of a table are as asked. */
export function columnsHold(
  { required, isExact, least, most }: ColumnsQuestion,
  names: readonly string[],
): boolean {
  const isWhole = required.every((name) => names.includes(name));
  const isClean = !isExact || names.every((name) => required.includes(name));
  return isWhole && isClean && names.length >= least && names.length <= most;
}

/** Rows that count, and a predicate for those that are wrong. */
export function rowsWhere(considered: string, unexpected: string, shown: readonly string[]): RowsQuestion {
  const filter = `${considered} AND ${unexpected}`;
  return {
    kind: "rows",
    sql: (source) =>
      `SELECT count(*) AS elements, count(*) FILTER (WHERE ${considered}) AS considered, ` +
      `count(*) FILTER (WHERE ${filter}) AS unexpected FROM ${source} AS t`,
    sample: (source, limit) =>
      `SELECT ${shown.map(asText).join(", ")} FROM ${source} AS t WHERE ${filter} LIMIT ${limit}`,
  };
}

/** Rows that are alike in some columns: all of them are wrong, not only the second. */
export function groupsOf(names: readonly string[], considered: string): RowsQuestion {
  const groups = (source: string): string =>
    `(SELECT ${names.join(", ")}, count(*) AS ${COUNT} FROM ${source} AS t GROUP BY ${names.join(", ")}) AS g`;
  const total = (filter: string): string => `coalesce(sum(${COUNT}) FILTER (WHERE ${filter}), 0)`;
  const repeated = `${considered} AND ${COUNT} > 1`;
  return {
    kind: "rows",
    sql: (source) =>
      `SELECT ${total("TRUE")} AS elements, ${total(considered)} AS considered, ` +
      `${total(repeated)} AS unexpected FROM ${groups(source)}`,
    sample: (source, limit) =>
      `SELECT ${names.map(asText).join(", ")} FROM ${groups(source)} WHERE ${repeated} LIMIT ${limit}`,
  };
}

/** A name that no column of the data is likely to have. */
const COUNT = '"platc: rows of the group"';

/** One aggregate and a condition on it; a condition that is null does not hold. */
export function holdsWhere(observed: string, condition: string, isCount: boolean): ValueQuestion {
  return {
    kind: "value",
    isCount,
    sql: (source) =>
      `SELECT coalesce(${condition}, FALSE) AS holds, ${asText(observed)} AS observed FROM ${source} AS t`,
  };
}

/** The different values of a column against a set. */
export function countDistinct(
  name: string,
  set: readonly string[],
  how: "within" | "equal" | "around",
): ValueQuestion {
  const distinct = (filter: string): string => `count(DISTINCT ${name}) FILTER (WHERE ${filter})`;
  const member = memberRows(name, set);
  const others = `${distinct(`NOT ${member}`)} = 0`;
  const all = `${distinct(member)} = ${set.length}`;
  const condition = { within: others, equal: `${others} AND ${all}`, around: all }[how];
  return holdsWhere(`count(DISTINCT ${name})`, condition, true);
}

/** Whether a value is one of a set of literals. */
export function memberRows(name: string, set: readonly string[]): string {
  return set.length === 0 ? "FALSE" : `(${name} IN (${set.join(", ")}))`;
}

/** Whether a value lies outside of its bounds. */
export function betweenRows(value: string, given: ExpectationArguments): string {
  return `NOT (${withinBounds(value, given)})`;
}

/** Whether a value lies within its bounds; without any, everything that is there does. */
export function withinBounds(value: string, given: ExpectationArguments): string {
  const bound = (limit: SqlValue | undefined, sign: string, isStrict = false): readonly string[] =>
    limit === undefined ? [] : [`${value} ${sign}${isStrict ? "" : "="} ${quoteValue(limit)}`];
  const conditions = [
    ...bound(given.min_value, ">", given.strict_min),
    ...bound(given.max_value, "<", given.strict_max),
  ];
  return conditions.length === 0 ? `${value} IS NOT NULL` : conditions.join(" AND ");
}

function asText(value: string): string {
  return `CAST(${value} AS VARCHAR)`;
}
