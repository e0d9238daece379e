import pg from "pg";
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
  /** Runs several statements in one transaction; one at a time of all that platc runs in this database. */
  readonly change: (doing: string, statements: readonly string[]) => Promise<void>;
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
    return new StoreError(location, `cannot ${doing}: ${messageOf(error)}`, { cause: error });
  };
  const query = async (sql: string, values: readonly unknown[] = []): Promise<readonly PgRow[]> =>
    (await pool.query<Record<string, unknown>>(sql, [...values])).rows;
  return {
    location,
    ask: (doing, sql, values) =>
      query(sql, values).catch((error: unknown) => Promise.reject(explain(doing, error))),
    askIfThere: (doing, sql, values) =>
      query(sql, values).catch((error: unknown) =>
        ["42P01", "3F000"].includes(codeOf(error)) ? undefined : Promise.reject(explain(doing, error)),
      ),
    change: async (doing, statements) => {
      try {
        await pool.query(["BEGIN", `SELECT ${OWN_LOCK}`, ...statements, "COMMIT"].join(";\n"));
      } catch (error) {
        throw explain(doing, error);
      }
    },
  };
}

function codeOf(error: unknown): string {
  return String((error as { readonly code?: unknown }).code ?? "");
}

/** A refused connection is an AggregateError with no message of its own. */
function messageOf(error: unknown): string {
  const first = error instanceof AggregateError ? (error.errors[0] as unknown) : error;
  return first instanceof Error && first.message !== "" ? first.message : String(error);
}
