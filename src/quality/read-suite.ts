import { isComputed, isList, type Value, type ValueMap } from "../templates/value.ts";
import { readExpectation, type SuiteProblem } from "./read-expectation.ts";
import { NOT_EMPTY, type Suite } from "./suite.ts";

/** `suite` is undefined where something is wrong, or is not known before an apply. */
export interface SuiteReading {
  readonly suite: Suite | undefined;
  readonly problems: readonly SuiteProblem[];
}

/**
 * Reads an entry of `quality` with its templates evaluated. Unless it says that empty data is right, or counts rows
 * itself, that there is a row comes first.
 */
export function readSuite(name: string, written: ValueMap): SuiteReading {
  const entries = listOf(written.get("expectations"));
  const columns = columnsOf(written.get("columns"));
  const readings = entries.map((entry) => readExpectation(entry, columns));
  const problems = readings.flatMap((reading, index) =>
    reading.problems.map((problem) => ({ ...problem, at: ["expectations", index, ...problem.at] })),
  );
  if (entries.length === 0 && !isUnknown(written.get("expectations")))
    problems.push({
      at: ["expectations"],
      message: `'${name}' expects nothing`,
      hint: "add an expectation, or take it out",
    });
  const expectations = readings.flatMap(({ expectation }) => expectation ?? []);
  if (problems.length > 0 || expectations.length < entries.length || entries.length === 0)
    return { suite: undefined, problems };
  const countsRows = expectations.some((one) => one.name.startsWith("expect_table_row_count_"));
  const needsRows = written.get("empty") !== "allowed" && !countsRows;
  return {
    suite: { name, expectations: needsRows ? [NOT_EMPTY, ...expectations] : expectations },
    problems,
  };
}

function isUnknown(value: Value | undefined): boolean {
  return value !== undefined && isComputed(value);
}

function listOf(value: Value | undefined): readonly Value[] {
  return value !== undefined && isList(value) ? value : [];
}

function columnsOf(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined || !isList(value)) return undefined;
  const names = value.filter((name) => typeof name === "string");
  return names.length === value.length ? names : undefined;
}
