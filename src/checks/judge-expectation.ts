import { columnsOf, describeExpectation, type Expectation } from "../quality/expectation.ts";
import { EXPECTATION_KINDS } from "../quality/expectation-kinds.ts";
import { judgeRows } from "../quality/judge-rows.ts";
import {
  columnsHold,
  type ColumnsQuestion,
  type RowsQuestion,
  type ValueQuestion,
} from "../quality/question.ts";
import type { Verdict } from "../quality/verdict.ts";
import { invariant } from "../diagnostics/invariant.ts";
import { QueryError, type QualityTable } from "./quality-table.ts";

const SHOWN_VALUES = 5;

/** Holds a table against one expectation. What the database refuses is a verdict of its own. */
export async function judgeExpectation(
  table: QualityTable,
  expectation: Expectation,
  showsValues: boolean,
): Promise<Verdict> {
  const kind = EXPECTATION_KINDS.get(expectation.name);
  invariant(kind !== undefined, "an expectation is of a known kind");
  const name = describeExpectation(expectation);
  const question = kind.ask(expectation.arguments, table.dialect);
  const missing = columnsOf(expectation).filter((column) => !table.columns.includes(column));
  if (missing.length > 0) {
    const isAsked = expectation.name === "expect_column_to_exist";
    const found = `there is no column ${missing.map((column) => `'${column}'`).join(", ")}`;
    return { expectation: name, status: isAsked ? "failed" : "error", found };
  }
  const given = { table, name, showsValues };
  try {
    switch (question.kind) {
      case "rows":
        return await judgeCounted(given, question, expectation.arguments.mostly);
      case "value":
        return await judgeValue(given, question);
      case "columns":
        return judgeColumns(given, question);
    }
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    const values = showsValues ? { values: [error.message] } : {};
    return {
      expectation: name,
      status: "error",
      found: `it could not be looked at: ${error.short}`,
      ...values,
    };
  }
}

interface Judged {
  readonly table: QualityTable;
  readonly name: string;
  readonly showsValues: boolean;
}

async function judgeCounted(
  { table, name, showsValues }: Judged,
  question: RowsQuestion,
  mostly: number | undefined,
): Promise<Verdict> {
  const [row = []] = await table.ask(question.sql(table.source));
  const [elements = 0, considered = 0, unexpected = 0] = row.map(Number);
  const verdict = judgeRows(name, { elements, considered, unexpected }, mostly);
  if (!showsValues || unexpected === 0) return verdict;
  const sample = await table.ask(question.sample(table.source, SHOWN_VALUES));
  return { ...verdict, values: sample.map((values) => values.map(show).join(", ")) };
}

async function judgeValue({ table, name, showsValues }: Judged, question: ValueQuestion): Promise<Verdict> {
  const [row = []] = await table.ask(question.sql(table.source));
  const [holds = null, observed = null] = row;
  const isRight = holds === "true" || holds === "t";
  const seen = observed === null ? "there is no value" : `it is ${observed}`;
  const isTold = question.isCount || observed === null;
  return {
    expectation: name,
    status: isRight ? "passed" : "failed",
    found: isTold ? seen : isRight ? "it is as expected" : "it is not as expected",
    ...(showsValues && !isTold && observed !== null ? { values: [observed] } : {}),
  };
}

function judgeColumns({ table, name }: Judged, question: ColumnsQuestion): Verdict {
  const status = columnsHold(question, table.columns) ? "passed" : "failed";
  return { expectation: name, status, found: `the columns are ${table.columns.join(", ") || "none"}` };
}

function show(value: string | null): string {
  return value === null ? "null" : JSON.stringify(value);
}
