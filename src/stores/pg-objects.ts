import { byCodePoint } from "../text/compare.ts";
import type { ObjectStore } from "./object-store.ts";
import type { PgDatabase, PgRow } from "./pg-database.ts";
import { StoreConflictError } from "./store-error.ts";

/** platc's own table, beside the schemas of the states; versions come from a sequence, so none is ever used twice. */
const TABLE = "platc.objects";
const CREATE = [
  "CREATE SCHEMA IF NOT EXISTS platc",
  "CREATE SEQUENCE IF NOT EXISTS platc.versions AS bigint",
  `CREATE TABLE IF NOT EXISTS ${TABLE} (
    key text COLLATE "C" PRIMARY KEY,
    body bytea NOT NULL,
    version bigint NOT NULL DEFAULT nextval('platc.versions'))`,
];

type PgObjects = Pick<ObjectStore, "read" | "head" | "write" | "remove" | "list">;

/** platc's records as rows of one table, which the first write makes. */
export function pgObjects(database: PgDatabase): PgObjects {
  const { location, askIfThere, askOrMake } = database;
  const read: PgObjects["read"] = async (key) => {
    const rows = await askIfThere(
      `read '${key}'`,
      `SELECT body, version::text FROM ${TABLE} WHERE key = $1`,
      [key],
    );
    const [row] = rows ?? [];
    return row && { bytes: new Uint8Array(row["body"] as Buffer), version: String(row["version"]) };
  };
  const head: PgObjects["head"] = async (key) => {
    const sql = `SELECT version::text FROM ${TABLE} WHERE key = $1`;
    return versionOf(await askIfThere(`read '${key}'`, sql, [key]));
  };
  const write: PgObjects["write"] = async (key, body, condition) => {
    const doing = `write '${key}'`;
    const bytes = typeof body === "string" ? Buffer.from(body) : Buffer.from(body);
    const [sql, values] =
      condition !== undefined && "ifVersion" in condition
        ? [
            `UPDATE ${TABLE} SET body = $2, version = nextval('platc.versions') WHERE key = $1 AND version::text = $3 RETURNING version::text`,
            [key, bytes, condition.ifVersion],
          ]
        : [
            `INSERT INTO ${TABLE} (key, body) VALUES ($1, $2) ON CONFLICT (key) ${
              condition === undefined
                ? "DO UPDATE SET body = excluded.body, version = excluded.version"
                : "DO NOTHING"
            } RETURNING version::text`,
            [key, bytes],
          ];
    const version = versionOf(await askOrMake(doing, CREATE, sql, values));
    if (version === undefined) throw new StoreConflictError(location, key);
    return version;
  };
  const remove: PgObjects["remove"] = async (key, condition) => {
    const only = condition === undefined ? "" : "AND version::text = $2";
    const sql = `DELETE FROM ${TABLE} WHERE key = $1 ${only} RETURNING version::text`;
    const values = condition === undefined ? [key] : [key, condition.ifVersion];
    const rows = await askIfThere(`remove '${key}'`, sql, values);
    if (condition !== undefined && versionOf(rows) === undefined) throw new StoreConflictError(location, key);
  };
  const list: PgObjects["list"] = async (prefix) => {
    const sql = `SELECT key FROM ${TABLE} WHERE left(key, length($1)) = $1`;
    const rows = await askIfThere(`list '${prefix}'`, sql, [prefix]);
    return (rows ?? []).map((row) => String(row["key"])).sort(byCodePoint);
  };
  return { read, head, write, remove, list };
}

function versionOf(rows: readonly PgRow[] | undefined): string | undefined {
  const [row] = rows ?? [];
  return row && String(row["version"]);
}
