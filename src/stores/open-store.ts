import { resolve } from "node:path";
import { type LocalStoreOptions, openLocalStore } from "./local-store.ts";
import type { BackendConfig, ObjectStore, StoreEnvironment } from "./object-store.ts";
import { UnsupportedStoreError } from "./store-error.ts";

/**
 * Opens the store behind a state backend; throws UnsupportedStoreError for `http`, which lists nothing.
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
    case "gcs": {
      const { openGcsStore } = await import("./gcs-store.ts");
      return openGcsStore(backend.config, environment);
    }
    case "pg": {
      const { openPgStore } = await import("./pg-store.ts");
      return openPgStore(backend.config, environment);
    }
    case "local":
      return openLocalStore(resolve(projectRoot, String(backend.config["path"] ?? ".")), options);
    default:
      throw new UnsupportedStoreError(backend.type);
  }
}
