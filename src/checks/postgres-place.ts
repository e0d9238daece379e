import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type pg from "pg";
import type { CheckAttempt } from "./check-attempt.ts";
import type { DatabaseLogin } from "./database-secret.ts";
import { isLoopback } from "./loopback.ts";
import { mapSetting, numbersSetting, optionalText, SettingError, textSetting } from "./setting.ts";

/** What a connection is opened with; the login may come from a secret. */
export interface PostgresConfig extends pg.ClientConfig {
  readonly user: string;
}

/** The database that `postgres` of a check or a step says. */
export interface PostgresPlace {
  /** `HOST/DATABASE`, for people. */
  readonly title: string;
  readonly config: () => Promise<PostgresConfig>;
}

/** That the target has no such database. */
export interface NoPostgres {
  readonly status: "skipped";
  readonly message: string;
}

const CONNECT_MILLISECONDS = 15_000;

/** Reads which database is meant; on the emulator there is none but on this machine. */
export function postgresPlace(attempt: CheckAttempt): PostgresPlace | NoPostgres {
  const settings = mapSetting(attempt.settings, "postgres");
  const host = textSetting(settings, "host");
  if (attempt.context.target === "emulator" && !isLoopback(host))
    return { status: "skipped", message: `the emulator runs no database, and '${host}' is not this machine` };
  const database = optionalText(settings, "database") ?? "postgres";
  return { title: `${host}/${database}`, config: () => configOf(attempt, host, database) };
}

async function configOf(attempt: CheckAttempt, host: string, database: string): Promise<PostgresConfig> {
  const settings = mapSetting(attempt.settings, "postgres");
  const { environment } = attempt.context;
  const [port = 5432] = numbersSetting(settings, "port") ?? [];
  const secret = await loginOf(optionalText(settings, "secret"), attempt);
  const user = optionalText(settings, "user") ?? secret.user ?? environment["PGUSER"];
  if (user === undefined) throw new SettingError("'postgres' says no 'user', nor a 'secret' that holds one");
  const password = optionalText(settings, "password") ?? secret.password ?? environment["PGPASSWORD"];
  return {
    host,
    port,
    database,
    user,
    // By a function: without a password the driver would look for one in files of the user.
    password: password ?? (() => ""),
    ssl: await encryption(attempt, host),
    application_name: "platc",
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
  };
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
