import type { BackendConfig } from "./object-store.ts";
import { textIn } from "./s3-settings.ts";

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
export function stateLocation({ type, config }: BackendConfig, key: string): StateLocation {
  const named = (argument: string) => textIn(config, argument) ?? "?";
  switch (type) {
    case "s3":
      return { argument: "key", value: key, objectKey: key, shown: `s3://${named("bucket")}/${key}` };
    case "azurerm": {
      const shown = `azurerm://${named("storage_account_name")}/${named("container_name")}/${key}`;
      return { argument: "key", value: key, objectKey: key, shown };
    }
    case "gcs": {
      const objectKey = `${key}/default.tfstate`;
      return { argument: "prefix", value: key, objectKey, shown: `gs://${named("bucket")}/${objectKey}` };
    }
    case "pg":
      return { argument: "schema_name", value: key, objectKey: null, shown: `PostgreSQL schema '${key}'` };
    case "http": {
      const address = `${named("address").replace(/\/$/, "")}/${key}`;
      return { argument: "address", value: address, objectKey: null, shown: address };
    }
    case "local":
      return {
        argument: "path",
        value: key,
        objectKey: key,
        shown: [textIn(config, "path"), key].filter(Boolean).join("/"),
      };
    default:
      return { argument: "key", value: key, objectKey: null, shown: `${type}: ${key}` };
  }
}
