import { spellKey } from "../emit/emit-backend.ts";
import { withoutCredentials } from "./backend-secrets.ts";
import type { BackendConfig } from "./object-store.ts";
import { pgStateKey } from "./pg-state-key.ts";
import { textIn } from "./backend-text.ts";

/** Where a backend keeps the state that platc knows by its key. */
export interface StateLocation {
  /** The argument of the backend's block that says it. */
  readonly argument: "key" | "path" | "prefix" | "schema_name" | "address";
  readonly value: string;
  /** The object's name in the store; null where the backend keeps no objects. */
  readonly objectKey: string | null;
  /** For people, such as `s3://bucket/d2b/dev/raw/terraform.tfstate`. */
  readonly shown: string;
}

/** The key is platc's word for what each backend calls its own: a key, a path, a prefix, a schema, an address. */
export function stateLocation(backend: BackendConfig, key: string): StateLocation {
  const value = spelled(backend, key);
  const named = (argument: string) => textIn(backend.config, argument) ?? "?";
  switch (backend.type) {
    case "s3":
      return { argument: "key", value, objectKey: value, shown: `s3://${named("bucket")}/${value}` };
    case "azurerm": {
      const shown = `azurerm://${named("storage_account_name")}/${named("container_name")}/${value}`;
      return { argument: "key", value, objectKey: value, shown };
    }
    case "gcs": {
      const objectKey = `${value}/default.tfstate`;
      return { argument: "prefix", value, objectKey, shown: `gs://${named("bucket")}/${objectKey}` };
    }
    case "pg":
      return {
        argument: "schema_name",
        value,
        objectKey: pgStateKey(value),
        shown: `PostgreSQL schema '${value}'`,
      };
    case "http":
      return {
        argument: "address",
        value,
        objectKey: null,
        shown: spelled(withoutCredentials(backend), key),
      };
    case "local": {
      const shown = [textIn(backend.config, "path"), key].filter(Boolean).join("/");
      return { argument: "path", value, objectKey: key, shown };
    }
    default:
      return { argument: "key", value, objectKey: null, shown: `${backend.type}: ${value}` };
  }
}

/** As the emitter spells it, which looks at nothing but these three. */
function spelled({ type, config }: BackendConfig, key: string): string {
  const state = { backend: type, config: new Map(Object.entries(config)), key };
  return spellKey(state as unknown as Parameters<typeof spellKey>[0]);
}
