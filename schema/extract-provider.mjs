// Writes the schema pack of a provider, schema/providers/<namespace>/<name>.json: what `terraform providers schema
// -json` says of some of its types, read from a CDKTF package on npm or from that command's own output.
//
//   node schema/extract-provider.mjs @cdktf/provider-helm@12.1.2 [--types helm_release,data.helm_template]
//   node schema/extract-provider.mjs --schema schema.json --provider hashicorp/aws@5.100.0 [--types ...]
//
// Without --types, the types that the pack has already; `all` stands for every type. --to names another folder than
// platc's own schema/providers: a project keeps packs of its own under schema/providers too.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { readCdktfPackage } from "./extract/cdktf-package.mjs";
import { packText } from "./extract/pack-text.mjs";

const USAGE =
  "usage: node schema/extract-provider.mjs PACKAGE[@VERSION] [--types a,data.b] [--to FOLDER]\n" +
  "       node schema/extract-provider.mjs --schema FILE --provider NAMESPACE/NAME@VERSION [--types a,data.b] [--to FOLDER]";
const OWN_FOLDER = fileURLToPath(new URL("providers", import.meta.url));
const SECTIONS = { resource_schemas: "", data_source_schemas: "data.", ephemeral_resource_schemas: "ephemeral." };
const TABLES = { resource_schemas: "resources", data_source_schemas: "data" };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    types: { type: "string" },
    schema: { type: "string" },
    provider: { type: "string" },
    to: { type: "string" },
  },
});
try {
  if (values.schema !== undefined && values.provider !== undefined) fromInstalled(values.schema, values.provider);
  else if (positionals.length === 1) await fromPackage(positionals[0]);
  else throw new Error(USAGE);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function fromPackage(specifier) {
  const everything = await readCdktfPackage(specifier, () => true);
  const source = shortSource(everything.provider.name);
  const { name, version, licence, provider } = everything;
  const { ephemeral = {} } = overlayOf(source);
  const whole = { ...everything.schema, ephemeral_resource_schemas: ephemeralSchemas(ephemeral) };
  const declared = Object.keys(ephemeral).map((type) => `ephemeral.${type}`);
  const schema = cut(whole, [...wantedTypes(source), ...declared], source);
  amend(schema, source);
  write({
    source,
    version: provider.version,
    origin: { kind: "package", registry: "npm", name, version },
    licence,
    notice: `Facts read from ${name} ${version}, Copyright (c) HashiCorp, Inc., under ${licence}; this file is under the same licence: https://mozilla.org/MPL/2.0/`,
    made: `node schema/extract-provider.mjs ${name}@${version}`,
    schema,
  });
}

function fromInstalled(file, provider) {
  const [source, version] = provider.split("@");
  const { provider_schemas: schemas } = JSON.parse(readFileSync(file, "utf8"));
  const [, schema] = Object.entries(schemas).find(([address]) => shortSource(address) === source) ?? [];
  if (schema === undefined) throw new Error(`'${file}' has no schema of '${source}'`);
  write({
    source,
    version,
    origin: { kind: "provider" },
    licence: "MPL-2.0",
    notice: `Facts read from the provider ${source} ${version}, Copyright (c) HashiCorp, Inc., under MPL-2.0; this file is under the same licence: https://mozilla.org/MPL/2.0/`,
    made: `terraform providers schema -json > schema.json && node schema/extract-provider.mjs --schema schema.json --provider ${provider}`,
    schema: cut(schema, wantedTypes(source), source),
  });
}

function shortSource(address) {
  return address.replace(/^registry\.terraform\.io\//, "");
}

function wantedTypes(source) {
  if (values.types !== undefined) return values.types.split(",");
  const target = packPath(source);
  if (!existsSync(target)) throw new Error(`'${source}' has no pack yet: name its types with --types`);
  const pack = JSON.parse(readFileSync(target, "utf8"));
  return Object.entries(SECTIONS).flatMap(([section, prefix]) =>
    Object.keys(pack[section] ?? {}).map((type) => `${prefix}${type}`),
  );
}

/** Only the wanted types; one that is not there is a mistake of who asked for it. */
function cut(schema, wanted, source) {
  const kept = { provider: schema.provider };
  const known = new Set();
  for (const [section, prefix] of Object.entries(SECTIONS)) {
    const types = Object.entries(schema[section] ?? {});
    for (const [type] of types) known.add(`${prefix}${type}`);
    kept[section] = Object.fromEntries(
      types.filter(([type]) => wanted.includes("all") || wanted.includes(`${prefix}${type}`)),
    );
  }
  const missing = wanted.filter((type) => type !== "all" && !known.has(type));
  if (missing.length > 0) throw new Error(`'${source}' has no ${missing.join(", ")}`);
  return kept;
}

/** No package tells of ephemeral resources: the overlay does, as the provider's documentation describes them. */
function ephemeralSchemas(blocks) {
  return Object.fromEntries(Object.entries(blocks).map(([type, block]) => [type, { version: 0, block }]));
}

function overlayOf(source) {
  const paths = [values.to ?? OWN_FOLDER, OWN_FOLDER].map((folder) => join(folder, `${source}.overlay.yaml`));
  const path = paths.find((one) => existsSync(one));
  return path === undefined ? {} : (parse(readFileSync(path, "utf8")) ?? {});
}

/** What the package has lost stands in the overlay: which attributes are sensitive, versions of states. */
function amend(schema, source) {
  const overlay = overlayOf(source);
  for (const [section, table] of Object.entries(TABLES)) {
    for (const [type, { sensitive = [], schema_version: version }] of Object.entries(overlay[table] ?? {})) {
      const known = schema[section][type];
      if (known === undefined) continue;
      if (version !== undefined) known.version = version;
      for (const name of sensitive) markSensitive(known.block, name.split("."), `${table}.${type}: ${name}`);
    }
  }
}

function markSensitive(block, [name, ...rest], place) {
  const attribute = block.attributes?.[name];
  const inner = block.block_types?.[name]?.block ?? attribute?.nested_type;
  if (rest.length > 0 && inner !== undefined) markSensitive(inner, rest, place);
  else if (rest.length === 0 && attribute !== undefined) attribute.sensitive = true;
  else throw new Error(`the overlay marks what the schema does not have: ${place}`);
}

function packPath(source) {
  return join(values.to ?? OWN_FOLDER, `${source}.json`);
}

function write(pack) {
  const target = packPath(pack.source);
  mkdirSync(dirname(target), { recursive: true });
  const text = packText(pack);
  writeFileSync(target, text);
  console.log(`${target}: ${pack.source} ${pack.version}, ${Math.ceil(text.length / 1024)} KB`);
}
