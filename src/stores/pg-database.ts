import pg from "pg";
import { networkCause } from "./network-cause.ts";
import type { PgSettings } from "./pg-settings.ts";
import { StoreError, StoreMissingError } from "./store-error.ts";

/** A database that answers single statements. */
export interface PgDatabase {
  readonly location: string;
  /** Throws StoreError; `doing` ends the sentence "cannot ...". */
  readonly ask: (doing: string, sql: string, values?: readonly unknown[]) => Promise<readonly PgRow[]>;
  /** As `ask`, and undefined where a table or schema that it names is not there. */
  readonly askIfThere: (
    doing: string,
    sql: string,
    values?: readonly unknown[],
  ) => Promise<readonly PgRow[] | undefined>;
  /** As `ask`; where a table or schema is not there, makes it first, one at a time of all that platc makes in this database. */
  readonly askOrMake: (
    doing: string,
    creation: readonly string[],
    sql: string,
    values: readonly unknown[],
  ) => Promise<readonly PgRow[]>;
}

export type PgRow = Readonly<Record<string, unknown>>;

/** What platc's own locks of a database are under: two numbers, where Terraform's have one. */
const OWN_LOCK = "pg_advisory_xact_lock(28769, 1)";

/** Connects when it is first asked, with few connections, which keep no process from ending. */
export function pgDatabase({ location, connection }: PgSettings): PgDatabase {
  const pool = new pg.Pool({ ...connection, max: 4, idleTimeoutMillis: 5_000, allowExitOnIdle: true });
  // Without a listener a lost connection would end platc.
  pool.on("error", () => undefined);
  const explain = (doing: string, error: unknown): StoreError => {
    if (codeOf(error) === "3D000") return new StoreMissingError(location, { cause: error });
    return new StoreError(location, `cannot ${doing}: ${networkCause(error).message || String(error)}`, {
      cause: error,
    });
  };
  const query = async (sql: string, values: readonly unknown[] = []): Promise<readonly PgRow[]> =>
    (await pool.query<Record<string, unknown>>(sql, [...values])).rows;
  const ask: PgDatabase["ask"] = (doing, sql, values) =>
    query(sql, values).catch((error: unknown) => Promise.reject(explain(doing, error)));
  const askIfThere: PgDatabase["askIfThere"] = (doing, sql, values) =>
    query(sql, values).catch((error: unknown) =>
      ["42P01", "3F000"].includes(codeOf(error)) ? undefined : Promise.reject(explain(doing, error)),
    );
  return {
    location,
    ask,
    askIfThere,
    askOrMake: async (doing, creation, sql, values) => {
      const rows = await askIfThere(doing, sql, values);
      if (rows !== undefined) return rows;
      // Statements that are sent together are one transaction, which ends by itself where one of them fails.
      await ask(doing, [`SELECT ${OWN_LOCK}`, ...creation].join(";\n"));
      return ask(doing, sql, values);
    },
  };
}

function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown }).code ?? "");
}
