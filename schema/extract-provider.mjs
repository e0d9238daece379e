// Writes the schema pack of a provider, schema/providers/<namespace>/<name>.json: what `terraform providers schema
// -json` says of some of its types, read from a CDKTF package on npm or from that command's own output. In a project
// `platc rehearsal pack` finds package, version and types by itself, and runs this script.
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { readCdktfPackage } from "./extract/cdktf-package.mjs";
import { amend, overlayIn } from "./extract/pack-overlay.mjs";
import { writePack } from "./extract/write-pack.mjs";

const USAGE = `usage: node schema/extract-provider.mjs PACKAGE[@VERSION] [options]
       node schema/extract-provider.mjs --schema FILE --provider NAMESPACE/NAME@VERSION [options]

Adds types to the pack of a provider, and reads those anew that it has already.

  --types a,data.b   which types; those that the pack has already if left out; 'all' stands for every type
  --to FOLDER        the folder of the packs; platc's own schema/providers if left out
  --json             print what was done as JSON

Examples:
  node schema/extract-provider.mjs @cdktf/provider-helm@12.1.2 --types helm_release,data.helm_template
  terraform providers schema -json > schema.json
  node schema/extract-provider.mjs --schema schema.json --provider hashicorp/aws@5.100.0 --types aws_s3_bucket
`;
const OWN_FOLDER = fileURLToPath(new URL("providers", import.meta.url));
const MPL = "this file is under the same licence: https://mozilla.org/MPL/2.0/";
const COPYRIGHT = "Copyright (c) HashiCorp, Inc.";

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      types: { type: "string" },
      schema: { type: "string" },
      provider: { type: "string" },
      to: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return void process.stdout.write(USAGE);
  const folder = resolve(values.to ?? OWN_FOLDER);
  const isInstalled = values.schema !== undefined && values.provider !== undefined;
  if (!isInstalled && positionals.length !== 1) throw new Error(USAGE.trimEnd());
  const pack = isInstalled ? fromInstalled(values.schema, values.provider) : await fromPackage(positionals[0], folder);
  const types = values.types?.split(",").filter((type) => type !== "");
  const done = writePack(join(values.to ?? OWN_FOLDER, `${pack.source}.json`), pack, types);
  if (values.json) console.log(JSON.stringify(done));
  else tell(done);
  if (done.unknown.length > 0) process.exitCode = 1;
}

async function fromPackage(specifier, folder) {
  const { name, version, licence, provider, copyright = COPYRIGHT, schema } = await readCdktfPackage(specifier, () => true);
  const source = shortSource(provider.name);
  const overlay = overlayIn([...new Set([folder, OWN_FOLDER])], source);
  const ephemeral = Object.entries(overlay.ephemeral ?? {}).map(([type, block]) => [type, { version: 0, block }]);
  Object.assign(schema.ephemeral_resource_schemas, Object.fromEntries(ephemeral));
  const own = overlayIn([folder], source);
  const unknown = amend(schema, own);
  if (unknown.length > 0) throw new Error(`the overlay marks what the schema does not have: ${unknown.join(", ")}`);
  // That of platc may be about another version.
  amend(schema, overlay);
  return {
    source,
    version: provider.version,
    origin: { kind: "package", registry: "npm", name, version },
    licence,
    notice: `Facts read from ${name} ${version}, ${copyright}, under ${licence}; ${MPL}`,
    made: `node schema/extract-provider.mjs ${name}@${version}`,
    schema,
    declared: Object.keys(own.ephemeral ?? {}).map((type) => `ephemeral.${type}`),
  };
}

function fromInstalled(file, provider) {
  const [source, version] = provider.split("@");
  const { provider_schemas: schemas } = JSON.parse(readFileSync(file, "utf8"));
  const [, schema] = Object.entries(schemas).find(([address]) => shortSource(address) === source) ?? [];
  if (schema === undefined) throw new Error(`'${file}' has no schema of '${source}'`);
  return {
    source,
    version,
    origin: { kind: "provider" },
    licence: "MPL-2.0",
    notice: `Facts read from the provider ${source} ${version}, ${COPYRIGHT}, under MPL-2.0; ${MPL}`,
    made: `terraform providers schema -json > schema.json && node schema/extract-provider.mjs --schema schema.json --provider ${provider}`,
    schema,
  };
}

function shortSource(address) {
  return address.replace(/^registry\.(terraform\.io|opentofu\.org)\//, "");
}

function tell({ path, source, version, added, replaced, gone = [], unknown, bytes }) {
  if (bytes !== undefined) console.log(`${path}: ${source} ${version}, ${Math.ceil(bytes / 1024)} KB`);
  if (replaced !== undefined) console.log(`  replaces ${replaced}; the types that it had are read anew`);
  if (added.length > 0) console.log(`  added: ${added.join(", ")}`);
  if (gone.length > 0) console.log(`  gone, since ${version} has no such types: ${gone.join(", ")}`);
  for (const { type, near } of unknown)
    console.error(`'${source}' ${version} has no '${type}'${near === undefined ? "" : `: did you mean '${near}'?`}`);
}
