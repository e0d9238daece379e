import type { StateLocation } from "../stacks/stack.ts";
import { relativePath } from "../text/paths.ts";
import { isList, isMap, type Value, isComputed } from "../templates/value.ts";
import { literal } from "./positions.ts";
import type { TerraformJson, TerraformObject } from "./terraform-json.ts";

/** The argument that holds a state's key, by backend: `key` is our one word for all of them. */
const KEY_ARGUMENT: Readonly<Record<string, string>> = {
  s3: "key",
  azurerm: "key",
  gcs: "prefix",
  pg: "schema_name",
  local: "path",
  http: "address",
};

/**
 * The arguments of a backend block in a root module of the given folder, the state's key among them. Nothing here
 * is ever a template for Terraform. A local state lies under `path`, which begins at the project root
 * unless it is absolute.
 */
export function emitBackend(state: StateLocation, folder: string): TerraformObject {
  const config = [...state.config].map(([key, value]) => [key, literalValue(value)] as const);
  return Object.fromEntries([
    ...config,
    [KEY_ARGUMENT[state.backend] ?? "key", literal(placeOf(state, folder))],
  ]);
}

function placeOf(state: StateLocation, folder: string): string {
  if (state.backend !== "local") return spellKey(state);
  const base = state.config.get("path");
  const place = typeof base === "string" ? `${base}/${state.key}` : state.key;
  return place.startsWith("/") ? place : relativePath(folder, place);
}

/** gcs takes a folder, pg a schema name, http a whole address; everywhere else the key is the path itself. */
export function spellKey(state: StateLocation): string {
  if (state.backend === "gcs") return state.key.replace(/\/?(terraform|default)\.tfstate$/, "");
  if (state.backend === "pg") return state.key.replace(/\/?terraform\.tfstate$/, "");
  if (state.backend === "http") {
    const base = state.config.get("address");
    return typeof base === "string" ? `${base.replace(/\/$/, "")}/${state.key}` : state.key;
  }
  return state.key;
}

function literalValue(value: Value): TerraformJson {
  if (isComputed(value)) return null;
  if (isMap(value)) return Object.fromEntries([...value].map(([key, item]) => [key, literalValue(item)]));
  if (isList(value)) return value.map(literalValue);
  return typeof value === "string" ? literal(value) : value;
}
