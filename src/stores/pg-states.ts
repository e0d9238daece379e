import type { ObjectStore, StateLocks } from "./object-store.ts";
import type { PgDatabase, PgRow } from "./pg-database.ts";
import { pgCreationLock } from "./pg-creation-lock.ts";
import { StoreConflictError, StoreError } from "./store-error.ts";

type PgStates = Pick<ObjectStore, "read" | "head" | "write" | "remove"> & {
  readonly locks: StateLocks;
  readonly makeReady: () => Promise<void>;
};

/** Every write of a row changes its xmin. */
const VERSION = `xmin::text || '-' || md5(data)`;

/**
 * States as Terraform's pg backend keeps them: the row 'default' of the table 'states' in a schema of their own.
 * Keys are names of schemas.
 */
export function pgStates(database: PgDatabase): PgStates {
  const { location, askIfThere, askOrMake } = database;
  const tableOf = (key: string): string => `${schemaOf(location, key)}.states`;
  const read: PgStates["read"] = async (key) => {
    const sql = `SELECT data, ${VERSION} AS version FROM ${tableOf(key)} WHERE name = 'default'`;
    const [row] = (await askIfThere(`read the state '${key}'`, sql)) ?? [];
    return row && { bytes: Buffer.from(String(row["data"])), version: String(row["version"]) };
  };
  const write: PgStates["write"] = async (key, body, condition) => {
    const doing = `write the state '${key}'`;
    const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8");
    const [sql, values] =
      condition !== undefined && "ifVersion" in condition
        ? [
            `UPDATE ${tableOf(key)} SET data = $1 WHERE name = 'default' AND ${VERSION} = $2 RETURNING ${VERSION} AS version`,
            [text, condition.ifVersion],
          ]
        : [
            `INSERT INTO ${tableOf(key)} AS kept (name, data) VALUES ('default', $1) ON CONFLICT (name) ${
              condition === undefined ? "DO UPDATE SET data = excluded.data" : "DO NOTHING"
            } RETURNING kept.xmin::text || '-' || md5(kept.data) AS version`,
            [text],
          ];
    const [row] = await askOrMake(doing, creationOf(schemaOf(location, key)), sql, values);
    if (row === undefined) throw new StoreConflictError(location, key);
    return String(row["version"]);
  };
  const remove: PgStates["remove"] = async (key, condition) => {
    const only = condition === undefined ? "" : `AND ${VERSION} = $1`;
    const sql = `DELETE FROM ${tableOf(key)} WHERE name = 'default' ${only} RETURNING name`;
    const values = condition === undefined ? [] : [condition.ifVersion];
    const rows = await askIfThere(`remove the state '${key}'`, sql, values);
    if (condition !== undefined && (rows ?? []).length === 0) throw new StoreConflictError(location, key);
  };
  return {
    read,
    head: async (key) => (await read(key))?.version,
    write,
    remove,
    locks: sessionLocks(database, tableOf),
    makeReady: async () => {
      await database.askOrMake(
        "make the sequence of states",
        [SEQUENCE],
        `SELECT FROM ${SEQUENCE_NAME} LIMIT 1`,
        [],
      );
    },
  };
}

/** All states of a database count their rows by it: PostgreSQL refuses all but one of those who make it at once. */
const SEQUENCE_NAME = "public.global_states_id_seq";
const SEQUENCE = `CREATE SEQUENCE IF NOT EXISTS ${SEQUENCE_NAME} AS bigint`;

/** What Terraform makes on its first start with a schema. */
function creationOf(schema: string): readonly string[] {
  return [
    `CREATE SCHEMA IF NOT EXISTS ${schema}`,
    SEQUENCE,
    `CREATE TABLE IF NOT EXISTS ${schema}.states (
      id bigint NOT NULL DEFAULT nextval('${SEQUENCE_NAME}') PRIMARY KEY,
      name text UNIQUE,
      data text)`,
    `CREATE UNIQUE INDEX IF NOT EXISTS states_by_name ON ${schema}.states (name)`,
  ];
}

/** The lock of a state is an advisory lock under the id of its row; while a row is not there yet, under -1, or OpenTofu's own. */
const HOLDER = `
  SELECT activity.pid::text, activity.usename, coalesce(host(activity.client_addr), 'localhost') AS address,
    to_char(activity.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS since
  FROM pg_locks AS lock JOIN pg_stat_activity AS activity USING (pid)
  WHERE lock.locktype = 'advisory' AND lock.granted AND lock.objsubid = 1
    AND lock.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND ((lock.classid::bigint << 32) | lock.objid::bigint) = ANY ($1::bigint[])`;

/**
 * The locks of Terraform's pg backend live in the server and end with the connection of who holds them. The server
 * knows no id of them: the connection and its start stand for one.
 */
function sessionLocks({ ask, askIfThere }: PgDatabase, tableOf: (key: string) => string): StateLocks {
  const holderOf = async (key: string): Promise<PgRow | undefined> => {
    const doing = `read the lock of the state '${key}'`;
    const found = await askIfThere(doing, `SELECT id::text FROM ${tableOf(key)} WHERE name = 'default'`);
    if (found === undefined) return undefined;
    const id = found[0]?.["id"];
    const [row] = await ask(doing, HOLDER, [id === undefined ? ["-1", pgCreationLock(key)] : [id]]);
    return row && { ...row, isNew: id === undefined };
  };
  const idOf = (row: PgRow): string => `${String(row["pid"])} of ${String(row["since"])}`;
  return {
    status: async (key) => {
      const row = await holderOf(key);
      if (row === undefined) return { status: "free" };
      const holder = {
        id: idOf(row),
        who: `${String(row["usename"])}@${String(row["address"])}`,
        operation: `connection ${String(row["pid"])} of PostgreSQL${row["isNew"] === true ? ", which makes a new state" : ""}`,
        created: String(row["since"]),
        path: key,
        terraformVersion: "",
      };
      return { status: "held", holder };
    },
    free: async (key, id) => {
      const row = await holderOf(key);
      if (row === undefined || idOf(row) !== id) return false;
      await ask(`free the lock of the state '${key}'`, "SELECT pg_terminate_backend($1::int)", [row["pid"]]);
      return true;
    },
  };
}

/** PostgreSQL cuts a longer name off: two stacks would share a state. */
const LONGEST_NAME = 63;

function schemaOf(location: string, name: string): string {
  const length = Buffer.byteLength(name);
  if (length > LONGEST_NAME)
    throw new StoreError(
      location,
      `the schema '${name}' has a name of ${length} bytes, of which PostgreSQL keeps ${LONGEST_NAME}: a shorter 'key' under 'state' helps`,
    );
  return `"${name.replaceAll('"', '""')}"`;
}
