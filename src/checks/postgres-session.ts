import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import pg from "pg";
import { type CheckAttempt, type CheckOutcome, withinLimit } from "./check-attempt.ts";
import { isLoopback } from "./loopback.ts";
import { type AnswerRow, NoTableError, QueryError } from "./quality-table.ts";
import type { DatabaseLogin } from "./database-secret.ts";
import { mapSetting, numbersSetting, optionalText, SettingError, textSetting } from "./setting.ts";

/** A connection that can only read, and sees one state of the database, whoever writes meanwhile. */
export interface PostgresSession {
  /** `HOST/DATABASE`, for people. */
  readonly title: string;
  /** Answers one statement; texts as PostgreSQL writes them. Throws QueryError; the session goes on. */
  readonly ask: (sql: string, values?: readonly string[]) => Promise<readonly AnswerRow[]>;
  readonly close: () => Promise<void>;
}

const CONNECT_MILLISECONDS = 15_000;

/** Opens the database that `postgres` of a check says; an outcome where the target has none there. */
export async function openPostgres(attempt: CheckAttempt): Promise<PostgresSession | CheckOutcome> {
  const settings = mapSetting(attempt.settings, "postgres");
  const host = textSetting(settings, "host");
  if (attempt.context.target === "emulator" && !isLoopback(host))
    return { status: "skipped", message: `the emulator runs no database, and '${host}' is not this machine` };
  const [port = 5432] = numbersSetting(settings, "port") ?? [];
  const database = optionalText(settings, "database") ?? "postgres";
  const secret = await loginOf(optionalText(settings, "secret"), attempt);
  const user = optionalText(settings, "user") ?? secret.user ?? attempt.context.environment["PGUSER"];
  if (user === undefined) throw new SettingError("'postgres' says no 'user', nor a 'secret' that holds one");
  const password =
    optionalText(settings, "password") ?? secret.password ?? attempt.context.environment["PGPASSWORD"];
  const client = new pg.Client({
    host,
    port,
    database,
    user,
    // By a function: without a password the driver would look for one in files of the user.
    password: password ?? (() => ""),
    ssl: await encryption(attempt, host),
    application_name: "platc",
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    types: { getTypeParser: () => (text: string | Buffer) => String(text) },
  });
  const title = `${host}/${database}`;
  const stop = (): void => void client.end().catch(() => undefined);
  // Without a listener a lost connection would end platc.
  client.on("error", () => undefined);
  attempt.signal.addEventListener("abort", stop);
  const close = async (): Promise<void> => {
    attempt.signal.removeEventListener("abort", stop);
    await client.end().catch(() => undefined);
  };
  try {
    await client.connect();
    await client.query("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
    await client.query("SET LOCAL standard_conforming_strings = on");
  } catch (error) {
    await close();
    const why = attempt.signal.aborted ? `it did not answer ${withinLimit(attempt)}` : messageOf(error);
    throw new NoTableError(`cannot open ${title} as '${user}': ${why}`);
  }
  return { title, ask: (sql, values) => ask(client, sql, values ?? []), close };
}

async function loginOf(secret: string | undefined, attempt: CheckAttempt): Promise<DatabaseLogin> {
  if (secret === undefined) return {};
  const { readDatabaseSecret } = await import("./database-secret.ts");
  return readDatabaseSecret(secret, attempt);
}

async function encryption({ settings, context }: CheckAttempt, host: string): Promise<EncryptionOptions> {
  const written = mapSetting(settings, "postgres");
  const mode = optionalText(written, "ssl") ?? (isLoopback(host) ? "off" : "verify");
  if (mode === "off") return false;
  if (mode !== "verify" && mode !== "require")
    throw new SettingError(`'ssl' must be verify, require or off, and is '${mode}'`);
  const path = optionalText(written, "ca");
  if (path === undefined) return { rejectUnauthorized: mode === "verify" };
  const ca = await readFile(resolve(context.specFolder, path), "utf8").catch(() => {
    throw new SettingError(`there is no file '${path}' beside the spec`);
  });
  return { rejectUnauthorized: mode === "verify", ca };
}

type EncryptionOptions = false | { readonly rejectUnauthorized: boolean; readonly ca?: string };

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
    throw new QueryError(messageOf(error), shortOf(error));
  }
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}

/** What PostgreSQL says of names and types; where it may quote the data, the code of the error alone. */
function shortOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const speaksOfNames = /^(?:42|3D|3F|28)/.test(code);
  return speaksOfNames || code === "" ? messageOf(error) : `error ${code} of PostgreSQL`;
}
