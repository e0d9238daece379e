import type { ObjectStore, StateLocks, StoreEnvironment } from "./object-store.ts";
import { backendText } from "./backend-text.ts";
import { pgDatabase } from "./pg-database.ts";
import { pgObjects } from "./pg-objects.ts";
import { completePgSettings } from "./pg-settings.ts";
import { pgStates } from "./pg-states.ts";
import { isPgState, pgSchemaOf } from "./pg-state-key.ts";
import { StoreMissingError } from "./store-error.ts";

/** Opens the database of a pg backend: states in schemas of Terraform's, records in a table of platc's own. Load this file lazily: it brings the driver along. */
export async function openPgStore(
  config: Readonly<Record<string, unknown>>,
  environment: StoreEnvironment,
): Promise<ObjectStore> {
  const database = pgDatabase(await completePgSettings(config, environment));
  const objects = pgObjects(database);
  const states = pgStates(database);
  const { location } = database;
  const given = backendText(config, environment)("skip_table_creation", "PG_SKIP_TABLE_CREATION");
  const areTablesGiven = ["true", "1"].includes(given ?? "");
  const locks: StateLocks = {
    status: (key) => states.locks.status(pgSchemaOf(key)),
    free: (key, id) => states.locks.free(pgSchemaOf(key), id),
  };
  return {
    location,
    exists: async () => {
      try {
        await database.ask("connect", "SELECT 1");
        return true;
      } catch (error) {
        if (error instanceof StoreMissingError) return false;
        throw error;
      }
    },
    read: (key) => (isPgState(key) ? states.read(pgSchemaOf(key)) : objects.read(key)),
    head: (key) => (isPgState(key) ? states.head(pgSchemaOf(key)) : objects.head(key)),
    write: (key, body, condition) =>
      isPgState(key) ? states.write(pgSchemaOf(key), body, condition) : objects.write(key, body, condition),
    remove: (key, condition) =>
      isPgState(key) ? states.remove(pgSchemaOf(key), condition) : objects.remove(key, condition),
    list: objects.list,
    locks,
    makeReady: async () => (areTablesGiven ? undefined : states.makeReady()),
  };
}
