import { join, resolve } from "node:path";
import { type LocalStoreOptions, openLocalStore } from "./local-store.ts";
import type { BackendConfig, ObjectStore, StoreEnvironment } from "./object-store.ts";
import { UnsupportedStoreError } from "./store-error.ts";

/**
 * Opens the store behind a state backend: `s3` and `local`; for any other, throws UnsupportedStoreError.
 * For `local`, keys lie in the folder `path` of the backend, by default in the project root.
 */
export async function openStore(
  backend: BackendConfig,
  environment: StoreEnvironment,
  projectRoot: string,
  options: LocalStoreOptions = {},
): Promise<ObjectStore> {
  switch (backend.type) {
    case "s3": {
      const { openS3Store } = await import("./s3-store.ts");
      return openS3Store(backend.config, environment);
    }
    case "azurerm": {
      const { openAzureStore } = await import("./azure-store.ts");
      return openAzureStore(backend.config, environment);
    }
    case "local":
      return openLocalStore(resolve(projectRoot, String(backend.config["path"] ?? ".")), options);
    default:
      throw new UnsupportedStoreError(backend.type);
  }
}

/** A store for platc's ledger; `note` says for people where it lies when that is not beside the state. */
export interface LedgerStore {
  readonly store: ObjectStore;
  readonly note: string | undefined;
}

/** The store beside the state, or, where platc cannot write there, the folder `.platc/ledger` of the project. */
export async function openLedgerStore(
  backend: BackendConfig,
  environment: StoreEnvironment,
  projectRoot: string,
  options: LocalStoreOptions = {},
): Promise<LedgerStore> {
  try {
    return { store: await openStore(backend, environment, projectRoot, options), note: undefined };
  } catch (error) {
    if (!(error instanceof UnsupportedStoreError)) throw error;
    const store = openLocalStore(join(projectRoot, ".platc", "ledger"));
    const note = `${error.message} Its ledger (what is applied, evidence, approvals) lies in '${store.location}': keep that folder, nobody else sees it.`;
    return { store, note };
  }
}
