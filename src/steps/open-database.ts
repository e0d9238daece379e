import pg from "pg";
import { driverMessage } from "../checks/driver-message.ts";
import { holdConnection } from "../checks/hold-connection.ts";
import { type NoPostgres, postgresPlace } from "../checks/postgres-place.ts";
import { NoTableError } from "../checks/quality-table.ts";
import { SettingError } from "../checks/setting.ts";
import type { StepRun } from "./step-run.ts";

/** A database that can be written to. */
export interface OpenedDatabase {
  readonly status: "open";
  /** `HOST/DATABASE`, for people. */
  readonly title: string;
  readonly client: pg.Client;
  readonly close: () => Promise<void>;
}

/** Opens the database that `postgres` of a step says, or says why not. */
export async function openDatabase(
  run: StepRun,
): Promise<OpenedDatabase | NoPostgres | { readonly status: "failed"; readonly message: string }> {
  const place = postgresPlace(run);
  if ("status" in place) return place;
  const { title } = place;
  try {
    const client = new pg.Client({ ...(await place.config()), statement_timeout: run.timeoutSeconds * 1000 });
    const close = holdConnection(client, run.signal);
    await client.connect().catch(async (error: unknown) => {
      await close();
      throw error;
    });
    return { status: "open", title, client, close };
  } catch (error) {
    if (error instanceof SettingError) throw error;
    if (error instanceof NoTableError) return { status: "failed", message: error.message };
    return { status: "failed", message: `cannot open ${title}: ${driverMessage(error)}` };
  }
}
