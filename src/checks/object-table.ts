import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { DUCKDB } from "../quality/dialect.ts";
import { quoteValue } from "../quality/quote-sql.ts";
import type { CheckAttempt } from "./check-attempt.ts";
import { matchesKey, prefixOfPattern } from "./key-pattern.ts";
import { type AnswerRow, NoTableError, QueryError, type QualityTable } from "./quality-table.ts";
import { openS3Objects, S3CheckError } from "./s3-objects.ts";
import { mapSetting, optionalText, SettingError, textMapSetting, textSetting } from "./setting.ts";

type Format = "csv" | "parquet";

/** Files in S3 as one table of DuckDB: fetched to this machine, so that nothing but S3 has to be reached. */
export async function openObjectTable(attempt: CheckAttempt): Promise<QualityTable> {
  const settings = mapSetting(attempt.settings, "s3");
  const bucket = textSetting(settings, "bucket");
  const pattern = textSetting(settings, "key");
  const title = `s3://${bucket}/${pattern}`;
  const format = formatOf(pattern, optionalText(settings, "format"));
  const types = textMapSetting(settings, "types");
  const folder = await mkdtemp(join(tmpdir(), "platc-quality-"));
  const remove = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const paths = await fetchObjects(attempt, { bucket, pattern, folder, format });
    if (paths.length === 0) throw new NoTableError(`there is no object ${title}`);
    const { DuckDBInstance } = await import("@duckdb/node-api");
    const instance = await DuckDBInstance.create(join(folder, "table.duckdb"));
    const connection = await instance.connect();
    const stop = (): void => connection.interrupt();
    attempt.signal.addEventListener("abort", stop);
    const close = async (): Promise<void> => {
      attempt.signal.removeEventListener("abort", stop);
      connection.closeSync();
      instance.closeSync();
      await remove();
    };
    try {
      const columns = await load(connection, { paths, format, types, title });
      return { title, dialect: DUCKDB, source: "data", columns, ask: (sql) => ask(connection, sql), close };
    } catch (error) {
      await close();
      throw error;
    }
  } catch (error) {
    await remove();
    throw error;
  }
}

function formatOf(pattern: string, written: string | undefined): Format {
  if (written === "csv" || written === "parquet") return written;
  const [, ending] = /\.(csv|parquet)(?:\.gz|\.zst)?$/i.exec(pattern) ?? [];
  if (ending === undefined)
    throw new SettingError(`'key' does not end with .csv or .parquet: add 'format' with one of them`);
  return ending.toLowerCase() as Format;
}

interface Fetched {
  readonly bucket: string;
  readonly pattern: string;
  readonly folder: string;
  readonly format: Format;
}

async function fetchObjects(attempt: CheckAttempt, given: Fetched): Promise<readonly string[]> {
  const { bucket, pattern, folder, format } = given;
  const objects = await openS3Objects(bucket, attempt.context, attempt.signal);
  try {
    const keys = (await objects.list(prefixOfPattern(pattern))).filter((key) => matchesKey(key, pattern));
    const paths: string[] = [];
    for (const [index, key] of keys.entries()) {
      const [compression = ""] = /\.(?:gz|zst)$/i.exec(key) ?? [];
      const path = join(folder, `${index}.${format}${compression.toLowerCase()}`);
      await objects.save(key, path);
      paths.push(path);
    }
    return paths;
  } catch (error) {
    if (error instanceof S3CheckError) throw new NoTableError(error.message);
    throw error;
  } finally {
    objects.close();
  }
}

interface Loaded {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly types: ReadonlyMap<string, string>;
  readonly title: string;
}

/** Makes the table, then shuts the door: a question can reach no other file. Returns the names of its columns. */
async function load(
  connection: DuckDBConnection,
  { paths, format, types, title }: Loaded,
): Promise<readonly string[]> {
  const files = `[${paths.map(quoteValue).join(", ")}]`;
  const typed = [...types].map(([name, type]) => `${quoteValue(name)}: ${quoteValue(type)}`).join(", ");
  const options = [
    "union_by_name = true",
    ...(format === "csv" ? ["header = true", "sample_size = -1", "allow_quoted_nulls = false"] : []),
    ...(format === "csv" && typed !== "" ? [`types = {${typed}}`] : []),
  ].join(", ");
  const source = `read_${format}(${files}, ${options})`;
  try {
    await connection.run("SET autoinstall_known_extensions = false");
    await connection.run(`CREATE TABLE data AS SELECT * FROM ${source}`);
    await connection.run("SET enable_external_access = false");
    await connection.run("SET lock_configuration = true");
  } catch (error) {
    throw new NoTableError(`${title} cannot be read as ${format}: ${shortOf(textOf(error))}`, true);
  }
  const rows = await ask(connection, "SELECT name FROM pragma_table_info('data') ORDER BY cid");
  return rows.map(([name]) => name ?? "");
}

async function ask(connection: DuckDBConnection, sql: string): Promise<readonly AnswerRow[]> {
  try {
    const reader = await connection.runAndReadAll(sql);
    return reader
      .getRowsJson()
      .map((row) => row.map((value) => (value === null || value === undefined ? null : String(value))));
  } catch (error) {
    const text = textOf(error);
    throw new QueryError(text, shortOf(text));
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What binds names and types speaks of those alone; other mistakes quote the data. */
function shortOf(text: string): string {
  const [, kind = "an error of DuckDB"] = /^(\w+(?: \w+)* Error)\b/.exec(text) ?? [];
  const [line = ""] = text.split("\n");
  return /^(?:Binder|Catalog|Parser) Error/.test(text) ? line : kind;
}
