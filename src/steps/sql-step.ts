import { relative, sep } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { driverMessage } from "../checks/driver-message.ts";
import { optionalText, textSetting } from "../checks/setting.ts";
import type { MigrationRecord } from "../ledger/step-record.ts";
import { compareMigrations } from "./compare-migrations.ts";
import { openDatabase } from "./open-database.ts";
import { type MigrationFile, readMigrations } from "./read-migrations.ts";
import type { StepEnd, StepRun, StepRunner } from "./step-run.ts";

const POLL_MILLISECONDS = 300;

/**
 * Applies the migrations of a folder that the database does not have yet, in order, each with its record in a
 * transaction. The database keeps the records, and a lock keeps other runs out meanwhile, on this machine and others.
 */
export const runSqlStep: StepRunner = async (run) => {
  const folder = relative(run.root, textSetting(run.settings, "migrations")).split(sep).join("/");
  const files = await readMigrations(folder, run.sources);
  const database = await openDatabase(run);
  if (database.status !== "open") return database;
  const { client, title, close } = database;
  try {
    const table = optionalText(run.settings, "table") ?? "platc_migrations";
    if (!(await takeLock(client, table, run.signal)))
      return {
        status: "failed",
        message: `another run is at the migrations of ${title}, and did not end within ${run.timeoutSeconds} s`,
      };
    return await migrate(run, client, await recordTable(client, table), files, title);
  } catch (error) {
    const why = run.signal.aborted ? `it did not end within ${run.timeoutSeconds} s` : driverMessage(error);
    return { status: "failed", message: `the migrations of ${title} were stopped: ${why}` };
  } finally {
    await close();
  }
};

/** The lock is that of the session: a lost connection frees it. */
async function takeLock(client: pg.Client, table: string, signal: AbortSignal): Promise<boolean> {
  while (!signal.aborted) {
    const { rows } = await client.query<{ taken: boolean }>(
      "SELECT pg_catalog.pg_try_advisory_lock(pg_catalog.hashtextextended($1, 0)) AS taken",
      [`platc ${table}`],
    );
    if (rows[0]?.taken) return true;
    await sleep(POLL_MILLISECONDS, undefined, { signal }).catch(() => undefined);
  }
  return false;
}

/** Makes the table of records where there is none, and spells it in a way that no migration changes. */
async function recordTable(client: pg.Client, table: string): Promise<string> {
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${table} (
      step text NOT NULL,
      file text NOT NULL,
      digest text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now(),
      run_id text NOT NULL,
      PRIMARY KEY (step, file)
    )`,
  );
  const { rows } = await client.query<{ spelt: string }>(
    `SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS spelt
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = pg_catalog.to_regclass($1)`,
    [table],
  );
  return rows[0]?.spelt ?? table;
}

async function migrate(
  run: StepRun,
  client: pg.Client,
  table: string,
  files: readonly MigrationFile[],
  title: string,
): Promise<StepEnd> {
  await client.query(`UPDATE ${table} SET step = $1 WHERE step = ANY($2)`, [run.owner, run.earlierOwners]);
  const { rows } = await client.query<MigrationRecord>(
    `SELECT file, digest FROM ${table} WHERE step = $1 ORDER BY file`,
    [run.owner],
  );
  const done: MigrationRecord[] = [...rows];
  const compared = compareMigrations(files, done);
  if (compared.status === "bad")
    return { status: "failed", message: compared.message, hint: compared.hint, migrations: done };
  for (const file of compared.left) {
    const failure = await applyOne(run, client, table, file);
    if (failure) return { ...failure, migrations: done };
    done.push({ file: file.file, digest: file.digest });
  }
  const names = compared.left.map(({ file }) => `'${file}'`).join(", ");
  const message =
    compared.left.length === 0
      ? `${title} has all ${files.length} migrations already`
      : `${names} applied to ${title}`;
  return { status: "done", message, migrations: done };
}

/** One migration and its record, in one transaction; undefined where all went well. */
async function applyOne(
  run: StepRun,
  client: pg.Client,
  table: string,
  { path, file, digest }: MigrationFile,
): Promise<StepEnd | undefined> {
  const text = (await run.sources.readText(path)) ?? "";
  await client.query("BEGIN");
  const begun = await transactionOf(client);
  try {
    await client.query(text);
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    if (run.signal.aborted) throw error;
    return failedAt(run, file, text, error);
  }
  await client.query("RESET ROLE");
  await client.query("RESET ALL");
  if ((await transactionOf(client)) !== begun) {
    await client.query("ROLLBACK").catch(() => undefined);
    return {
      status: "failed",
      message: `'${file}' ends its transaction itself, and what it did so far stays without a record`,
      hint: "take BEGIN, COMMIT and ROLLBACK out of it, and undo by hand what it did",
    };
  }
  await client.query(`INSERT INTO ${table} (step, file, digest, run_id) VALUES ($1, $2, $3, $4)`, [
    run.owner,
    file,
    digest,
    run.runId,
  ]);
  await client.query("COMMIT");
  return undefined;
}

async function transactionOf(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>("SELECT pg_catalog.txid_current()::text AS id");
  return rows[0]?.id;
}

function failedAt({ redact }: StepRun, file: string, text: string, error: unknown): StepEnd {
  const { position, detail } = error as { readonly position?: string; readonly detail?: string };
  const line =
    position === undefined ? "" : `, line ${text.slice(0, Number(position) - 1).split("\n").length}`;
  return {
    status: "failed",
    message: `'${file}'${line}: ${redact(driverMessage(error))}`,
    hint: "nothing of it was kept: mend it and apply again",
    ...(detail !== undefined && { details: redact(detail) }),
  };
}
