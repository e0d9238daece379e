import pg from "pg";
import { type CheckAttempt, type CheckOutcome, withinLimit } from "./check-attempt.ts";
import { driverMessage } from "./driver-message.ts";
import { holdConnection } from "./hold-connection.ts";
import { postgresPlace } from "./postgres-place.ts";
import { type AnswerRow, NoTableError, QueryError } from "./quality-table.ts";

/** A connection that can only read, and sees one state of the database, whoever writes meanwhile. */
export interface PostgresSession {
  /** `HOST/DATABASE`, for people. */
  readonly title: string;
  /** Answers one statement; texts as PostgreSQL writes them. Throws QueryError; the session goes on. */
  readonly ask: (sql: string, values?: readonly string[]) => Promise<readonly AnswerRow[]>;
  readonly close: () => Promise<void>;
}

/** Opens the database that `postgres` of a check says; an outcome where the target has none there. */
export async function openPostgres(attempt: CheckAttempt): Promise<PostgresSession | CheckOutcome> {
  const place = postgresPlace(attempt);
  if ("status" in place) return place;
  const { title } = place;
  const config = await place.config();
  const client = new pg.Client({
    ...config,
    types: { getTypeParser: () => (text: string | Buffer) => String(text) },
  });
  const close = holdConnection(client, attempt.signal);
  try {
    await client.connect();
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query("SET LOCAL standard_conforming_strings = on");
  } catch (error) {
    await close();
    const why = attempt.signal.aborted ? `it did not answer ${withinLimit(attempt)}` : driverMessage(error);
    throw new NoTableError(`cannot open ${title} as '${config.user}': ${why}`);
  }
  return { title, ask: (sql, values) => ask(client, sql, values ?? []), close };
}

/** A mistake ends its statement and not the transaction that the next one needs. */
async function ask(
  client: pg.Client,
  text: string,
  values: readonly string[],
): Promise<readonly AnswerRow[]> {
  try {
    await client.query("SAVEPOINT question");
    // As a prepared statement, which is one statement and no more.
    const { rows } = await client.query<AnswerRow[]>({
      text,
      values: [...values],
      rowMode: "array",
      queryMode: "extended",
    } as pg.QueryArrayConfig);
    await client.query("RELEASE SAVEPOINT question");
    return rows as unknown as readonly AnswerRow[];
  } catch (error) {
    await client.query("ROLLBACK TO SAVEPOINT question").catch(() => undefined);
    throw new QueryError(driverMessage(error), shortOf(error));
  }
}

/** What PostgreSQL says of names and types; where it may quote the data, the code of the error alone. */
function shortOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const speaksOfNames = /^(?:42|3D|3F|28)/.test(code);
  return speaksOfNames || code === "" ? driverMessage(error) : `error ${code} of PostgreSQL`;
}
