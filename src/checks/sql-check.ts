import { type Json, isJsonNumber } from "../plans/json.ts";
import { type CheckRunner, failed, passed } from "./check-attempt.ts";
import { openPostgres } from "./postgres-session.ts";
import { type AnswerRow, NoTableError, QueryError } from "./quality-table.ts";
import { mapSetting, numbersSetting, SettingError, textSetting } from "./setting.ts";

/** One statement that only reads, and how many rows or which value it must find. */
export const runSqlCheck: CheckRunner = async (attempt) => {
  const query = textSetting(attempt.settings, "query");
  const expected = mapSetting(attempt.settings, "expect");
  let session: Awaited<ReturnType<typeof openPostgres>>;
  try {
    session = await openPostgres(attempt);
  } catch (error) {
    if (error instanceof NoTableError) return failed(error.message);
    throw error;
  }
  if ("status" in session) return session;
  try {
    const rows = await session.ask(query);
    const wrong = wrongCount(rows.length, expected) ?? wrongValue(rows, expected);
    return wrong === undefined
      ? passed(`the query found what was expected in ${session.title}`)
      : failed(`the query found ${wrong} in ${session.title}`);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    return failed(`${session.title} did not answer the query: ${error.short}`, attempt.redact(error.message));
  } finally {
    await session.close();
  }
};

function wrongCount(found: number, expected: ReadonlyMap<string, Json>): string | undefined {
  const [rows] = numbersSetting(expected, "rows") ?? [];
  const [least] = numbersSetting(expected, "min_rows") ?? [];
  const seen = `${found} ${found === 1 ? "row" : "rows"}`;
  if (rows !== undefined && found !== rows) return `${seen}, and ${rows} were expected,`;
  return least !== undefined && found < least ? `${seen}, and at least ${least} were expected,` : undefined;
}

function wrongValue(rows: readonly AnswerRow[], expected: ReadonlyMap<string, Json>): string | undefined {
  const value = expected.get("value");
  if (value === undefined) return undefined;
  if (typeof value === "object" && value !== null && !isJsonNumber(value))
    throw new SettingError("'value' must be text, a number, a truth value or null");
  const [row, ...others] = rows;
  if (row === undefined || others.length > 0)
    return `${rows.length} rows, and one with the value was expected,`;
  const [found = null] = row;
  return isSame(found, value) ? undefined : "another value than expected";
}

/** As PostgreSQL writes values: truth values as `t` and `f`, numbers with the zeros of their kind. */
function isSame(
  found: string | null,
  expected: Exclude<Json, readonly Json[] | ReadonlyMap<string, Json>>,
): boolean {
  if (found === null || expected === null) return found === expected;
  if (typeof expected === "boolean") return found === (expected ? "t" : "f");
  if (typeof expected === "string") return found === expected;
  return found === expected.digits || (found.trim() !== "" && Number(found) === Number(expected.digits));
}
