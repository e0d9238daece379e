import { readSuite } from "../quality/read-suite.ts";
import type { Suite } from "../quality/suite.ts";
import type { QualityReport, Verdict } from "../quality/verdict.ts";
import { isMap } from "../templates/value.ts";
import { SUITE } from "../stacks/read-checks.ts";
import { type CheckAttempt, type CheckOutcome, type CheckRunner, failed, passed } from "./check-attempt.ts";
import { judgeExpectation } from "./judge-expectation.ts";
import { valueOfJson } from "./json-value.ts";
import { NoTableError, type QualityTable } from "./quality-table.ts";
import { flagSetting, SettingError, textSetting } from "./setting.ts";

const TOLD_IN_MESSAGE = 3;

/** Files in S3, or a table of PostgreSQL, held against a suite; each expectation is a question in SQL. */
export const runQualityCheck: CheckRunner = async (attempt) => {
  const suite = suiteOf(attempt);
  const showsValues = flagSetting(attempt.settings, "show_values");
  let table: QualityTable | undefined;
  try {
    const opened = await openTable(attempt);
    if ("status" in opened) return opened;
    table = opened;
    const [row] = await table.ask(`SELECT count(*) FROM ${table.source} AS t`);
    const verdicts: Verdict[] = [];
    for (const expectation of suite.expectations)
      verdicts.push(await judgeExpectation(table, expectation, showsValues));
    if (attempt.signal.aborted) return failed(`'${suite.name}' was not held against ${table.title} in time`);
    const rows = Number(row?.[0] ?? 0);
    return outcomeOf({ suite: suite.name, data: table.title, rows, verdicts });
  } catch (error) {
    if (!(error instanceof NoTableError)) throw error;
    const outcome = failed(error.message);
    return error.isFinal ? ({ ...outcome, isFinal: true } as CheckOutcome) : outcome;
  } finally {
    await table?.close();
  }
};

function suiteOf({ settings }: CheckAttempt): Suite {
  const name = textSetting(settings, "suite");
  const value = valueOfJson(settings.get(SUITE) ?? null);
  if (value === null || !isMap(value)) throw new SettingError(`there is no '${name}' under 'quality'`);
  const { suite, problems } = readSuite(name, value);
  const [problem] = problems;
  if (suite !== undefined) return suite;
  throw new SettingError(
    problem === undefined ? `'${name}' cannot be read` : `${problem.message}: ${problem.hint}`,
  );
}

async function openTable(attempt: CheckAttempt): Promise<QualityTable | CheckOutcome> {
  if (attempt.settings.has("s3")) {
    const { openObjectTable } = await import("./object-table.ts");
    return openObjectTable(attempt);
  }
  const { openPostgresTable } = await import("./postgres-table.ts");
  return openPostgresTable(attempt);
}

/** Another look would see the same data: what is wrong with it is final. */
function outcomeOf(quality: QualityReport): CheckOutcome {
  const { suite, data, rows, verdicts } = quality;
  const wrong = verdicts.filter(({ status }) => status !== "passed");
  const where = `${data} (${rows} ${rows === 1 ? "row" : "rows"})`;
  if (wrong.length === 0)
    return { ...passed(`all ${verdicts.length} expectations of '${suite}' hold for ${where}`), quality };
  const told = wrong
    .slice(0, TOLD_IN_MESSAGE)
    .map(({ expectation, found }) => `${expectation}: ${found}`)
    .join("; ");
  const more = wrong.length > TOLD_IN_MESSAGE ? `; and ${wrong.length - TOLD_IN_MESSAGE} more` : "";
  const message = `${wrong.length} of ${verdicts.length} expectations of '${suite}' do not hold for ${where}: ${told}${more}`;
  return { ...failed(message, wrong.map(lineOf).join("\n")), quality, isFinal: true } as CheckOutcome;
}

function lineOf({ expectation, status, found, values }: Verdict): string {
  const shown = values === undefined ? "" : `\n    ${values.join("\n    ")}`;
  return `${status} ${expectation}: ${found}${shown}`;
}
