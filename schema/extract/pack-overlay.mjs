import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

const TABLES = { resource_schemas: "resources", data_source_schemas: "data" };

/** The overlay of a provider: of all folders that have one, joined by type and by key of a type; the first folder wins. */
export function overlayIn(folders, source) {
  const overlays = folders.map((folder) => readOverlay(join(folder, `${source}.overlay.yaml`)));
  const joined = {};
  for (const overlay of overlays.reverse())
    for (const section of ["resources", "data", "ephemeral"])
      for (const [type, keys] of Object.entries(overlay[section] ?? {})) {
        joined[section] ??= {};
        // A block of an ephemeral resource is one thing.
        joined[section][type] = section === "ephemeral" ? keys : { ...joined[section][type], ...keys };
      }
  return joined;
}

function readOverlay(path) {
  return existsSync(path) ? (parse(readFileSync(path, "utf8")) ?? {}) : {};
}

/**
 * What a package has lost stands in the overlay: which attributes are sensitive, limits, versions of states. Returns
 * what the overlay marks and the schema does not have.
 */
export function amend(schema, overlay) {
  const unknown = [];
  for (const [section, table] of Object.entries(TABLES)) {
    for (const [type, said] of Object.entries(overlay[table] ?? {})) {
      const { sensitive = [], max_items: limits = {}, schema_version: version } = said;
      const known = schema[section][type];
      if (known === undefined) continue;
      for (const [name, limit] of Object.entries(limits))
        if (!limitBlock(known.block, name.split("."), limit)) unknown.push(`${table}.${type}: ${name}`);
      if (version !== undefined) known.version = version;
      for (const name of sensitive)
        if (!markSensitive(known.block, name.split("."))) unknown.push(`${table}.${type}: ${name}`);
    }
  }
  return unknown;
}

function markSensitive(block, [name, ...rest]) {
  const attribute = block.attributes?.[name];
  const inner = block.block_types?.[name]?.block ?? attribute?.nested_type;
  if (rest.length > 0) return inner !== undefined && markSensitive(inner, rest);
  if (attribute === undefined) return false;
  attribute.sensitive = true;
  return true;
}

function limitBlock(block, [name, ...rest], limit) {
  const nested = block.block_types?.[name];
  if (nested === undefined) return false;
  if (rest.length > 0) return limitBlock(nested.block, rest, limit);
  nested.max_items = limit;
  return true;
}
