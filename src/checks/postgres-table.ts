import { POSTGRES } from "../quality/dialect.ts";
import { quoteName } from "../quality/quote-sql.ts";
import type { CheckAttempt, CheckOutcome } from "./check-attempt.ts";
import { openPostgres } from "./postgres-session.ts";
import { NoTableError, type QualityTable } from "./quality-table.ts";
import { optionalText, textSetting } from "./setting.ts";

const COLUMNS = `SELECT a.attname FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped
  ORDER BY a.attnum`;

/** A table or view of PostgreSQL; an outcome where the target has no database there. */
export async function openPostgresTable(attempt: CheckAttempt): Promise<QualityTable | CheckOutcome> {
  const schema = optionalText(attempt.settings, "schema") ?? "public";
  const table = textSetting(attempt.settings, "table");
  const session = await openPostgres(attempt);
  if ("status" in session) return session;
  const title = `${session.title}/${schema}.${table}`;
  const source = `${quoteName(schema)}.${quoteName(table)}`;
  try {
    const columns = (await session.ask(COLUMNS, [schema, table])).map(([name]) => name ?? "");
    if (columns.length === 0)
      throw new NoTableError(`${session.title} has no table '${table}' in schema '${schema}'`);
    return {
      title,
      dialect: POSTGRES,
      source,
      columns,
      ask: (sql) => session.ask(sql),
      close: session.close,
    };
  } catch (error) {
    await session.close();
    throw error;
  }
}
