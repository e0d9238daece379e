import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import pg from "pg";
import type { CheckSettings } from "../checks/check-attempt.ts";
import { isLoopback } from "../checks/loopback.ts";
import { mapSetting, numbersSetting, optionalText, SettingError, textSetting } from "../checks/setting.ts";
import { NoTableError } from "../checks/quality-table.ts";
import type { StepRun } from "./step-run.ts";

/** A database that can be written to. */
export interface OpenedDatabase {
  readonly status: "open";
  /** `HOST/DATABASE`, for people. */
  readonly title: string;
  readonly client: pg.Client;
  readonly close: () => Promise<void>;
}

const CONNECT_MILLISECONDS = 15_000;

/** Opens the database that `postgres` of a step says, or says why not; on the emulator there is none but on this machine. */
export async function openDatabase(
  run: StepRun,
): Promise<OpenedDatabase | { readonly status: "failed" | "skipped"; readonly message: string }> {
  const settings = mapSetting(run.settings, "postgres");
  const host = textSetting(settings, "host");
  if (run.context.target === "emulator" && !isLoopback(host))
    return {
      status: "skipped",
      message: `the emulator runs no database, and '${host}' is not this machine`,
    };
  const title = `${host}/${optionalText(settings, "database") ?? "postgres"}`;
  try {
    const client = new pg.Client(await clientConfig(run, settings, host));
    // Without a listener a lost connection would end platc.
    client.on("error", () => undefined);
    const stop = (): void => void client.end().catch(() => undefined);
    run.signal.addEventListener("abort", stop, { once: true });
    const close = async (): Promise<void> => {
      run.signal.removeEventListener("abort", stop);
      await client.end().catch(() => undefined);
    };
    return await client.connect().then(
      () => ({ status: "open", title, client, close }) as const,
      async (error: unknown) => {
        await close();
        throw error;
      },
    );
  } catch (error) {
    if (error instanceof SettingError) throw error;
    if (error instanceof NoTableError) return { status: "failed", message: error.message };
    return { status: "failed", message: `cannot open ${title}: ${messageOf(error)}` };
  }
}

async function clientConfig(run: StepRun, settings: CheckSettings, host: string): Promise<pg.ClientConfig> {
  const { environment } = run.context;
  const [port = 5432] = numbersSetting(settings, "port") ?? [];
  const login = await loginOf(run, optionalText(settings, "secret"));
  const user = optionalText(settings, "user") ?? login.user ?? environment["PGUSER"];
  if (user === undefined) throw new SettingError("'postgres' says no 'user', nor a 'secret' that holds one");
  const password = optionalText(settings, "password") ?? login.password ?? environment["PGPASSWORD"];
  return {
    host,
    port,
    database: optionalText(settings, "database") ?? "postgres",
    user,
    // By a function: without a password the driver would look for one in files of the user.
    password: password ?? (() => ""),
    ssl: await encryption(run, settings, host),
    application_name: "platc",
    connectionTimeoutMillis: CONNECT_MILLISECONDS,
    statement_timeout: run.timeoutSeconds * 1000,
  };
}

async function loginOf(
  run: StepRun,
  secret: string | undefined,
): Promise<{ readonly user?: string; readonly password?: string }> {
  if (secret === undefined) return {};
  const { readDatabaseSecret } = await import("../checks/database-secret.ts");
  return readDatabaseSecret(secret, run);
}

async function encryption(
  { context }: StepRun,
  settings: CheckSettings,
  host: string,
): Promise<NonNullable<pg.ClientConfig["ssl"]>> {
  const mode = optionalText(settings, "ssl") ?? (isLoopback(host) ? "off" : "verify");
  if (mode === "off") return false;
  if (mode !== "verify" && mode !== "require")
    throw new SettingError(`'ssl' must be verify, require or off, and is '${mode}'`);
  const path = optionalText(settings, "ca");
  const rejectUnauthorized = mode === "verify";
  if (path === undefined) return { rejectUnauthorized };
  const ca = await readFile(resolve(context.specFolder, path), "utf8").catch(() => {
    throw new SettingError(`there is no file '${path}' beside the spec`);
  });
  return { rejectUnauthorized, ca };
}

/** What a driver or server says; of several tries at once, all. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(messageOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
