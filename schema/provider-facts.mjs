// Writes what the source of a provider says of its types and what no schema tells: which attributes force a new
// resource, their defaults, which exclude or need one another, which are sensitive, versions of states. An overlay is
// written by it and compared with it; nothing of platc needs it. Go must be installed; building takes half an hour.
//
//   node schema/provider-facts.mjs hashicorp/azurerm@v1.44.1-0.20260824201233-fae580791926
//   node schema/provider-facts.mjs hashicorp/azurerm --source FOLDER [--types azurerm_subnet,azurerm_public_ip]
//
// The first takes a module of Go's proxy, the second a checkout of the provider's source, in which it leaves nothing.
// Without --types, the resource types of the pack; `all` stands for every type. --to names another folder than
// tests/schemas/facts.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { factsOfType } from "./extract/facts-of-type.mjs";

const USAGE =
  "usage: node schema/provider-facts.mjs NAMESPACE/NAME@MODULE_VERSION [--types a,b] [--to FOLDER]\n" +
  "       node schema/provider-facts.mjs NAMESPACE/NAME --source FOLDER [--types a,b] [--to FOLDER]";
/** By source: the Go module, the package that makes the provider, the call that does, and the file with its version. */
const PROVIDERS = {
  "hashicorp/azurerm": {
    module: "github.com/hashicorp/terraform-provider-azurerm",
    package: "internal/provider",
    call: "AzureProvider()",
    version: "version/VERSION",
  },
};
const here = fileURLToPath(new URL(".", import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { source: { type: "string" }, types: { type: "string" }, to: { type: "string" } },
});
const scratch = mkdtempSync(join(tmpdir(), "platc-provider-facts-"));
try {
  main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

function main() {
  const [source, moduleVersion] = (positionals[0] ?? "").split("@");
  const provider = PROVIDERS[source];
  if (positionals.length !== 1 || (moduleVersion === undefined) === (values.source === undefined)) throw new Error(USAGE);
  if (provider === undefined) throw new Error(`'${source}' is none of ${Object.keys(PROVIDERS).join(", ")}`);
  const tree = values.source ? resolve(values.source) : downloaded(provider.module, moduleVersion);
  const version = readFileSync(join(tree, provider.version), "utf8").trim();
  write(source, version, moduleVersion, factsOfProvider(provider, tree));
}

/** A copy: Go lays nothing over what lies in its own cache. */
function downloaded(module, version) {
  const { Dir: folder } = JSON.parse(go(["mod", "download", "-json", `${module}@${version}`], scratch));
  const copy = join(scratch, "source");
  cpSync(folder, copy, { recursive: true, filter: (path) => !/\/(website|examples)$/.test(path) });
  return copy;
}

/** The program is laid over the provider's own source, since the packages that it needs are `internal`. */
function factsOfProvider(provider, tree) {
  const imports = ["github.com/hashicorp/terraform-plugin-sdk/v2/helper/schema", `${provider.module}/${provider.package}`];
  const maker = join(scratch, "provider.go");
  writeFileSync(
    maker,
    `package main\n\nimport (\n${imports.map((one) => `\t"${one}"\n`).join("")})\n\nfunc theProvider() *schema.Provider {\n\treturn provider.${provider.call}\n}\n`,
  );
  const overlay = join(scratch, "overlay.json");
  const files = { "facts.go": join(here, "provider-facts", "facts.go"), "provider.go": maker };
  const laid = Object.entries(files).map(([name, path]) => [join(tree, "platc-facts", name), path]);
  writeFileSync(overlay, JSON.stringify({ Replace: Object.fromEntries(laid) }));
  return JSON.parse(go(["run", "-overlay", overlay, "./platc-facts"], tree));
}

function go(given, cwd) {
  return execFileSync("go", given, {
    cwd,
    env: { ...process.env, CGO_ENABLED: "0" },
    encoding: "utf8",
    maxBuffer: 2 ** 30,
    stdio: ["ignore", "pipe", "inherit"],
  });
}

function write(source, version, moduleVersion, { resources }) {
  const wanted = values.types === "all" ? Object.keys(resources) : (values.types?.split(",") ?? packedTypes(source));
  const rows = wanted
    .sort()
    .filter((type) => resources[type] !== undefined)
    .map((type) => `    ${JSON.stringify(type)}: ${JSON.stringify(factsOfType(resources[type]))}`);
  const missing = wanted.filter((type) => resources[type] === undefined);
  if (values.types !== undefined && values.types !== "all" && missing.length > 0)
    throw new Error(`'${source}' has no ${missing.join(", ")}`);
  const header = {
    source,
    version,
    origin: { kind: "source", module: PROVIDERS[source].module, ...(moduleVersion && { version: moduleVersion }) },
    licence: "MPL-2.0",
    notice: `Facts read from the source of the provider ${source} ${version}, Copyright (c) HashiCorp, Inc., under MPL-2.0; this file is under the same licence: https://mozilla.org/MPL/2.0/`,
    made: `node schema/provider-facts.mjs ${source}${moduleVersion ? `@${moduleVersion}` : " --source FOLDER"}`,
  };
  const lines = Object.entries(header).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`);
  const text = `{\n${lines.join(",\n")},\n  "resources": {\n${rows.join(",\n")}\n  }\n}\n`;
  const target = join(values.to ?? join(here, "..", "tests", "schemas", "facts"), `${source}.json`);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
  console.log(`${target}: ${source} ${version}, ${rows.length} types, ${Math.ceil(text.length / 1024)} KB`);
}

function packedTypes(source) {
  const pack = join(here, "providers", `${source}.json`);
  if (!existsSync(pack)) throw new Error(`'${source}' has no pack: name types with --types`);
  return Object.keys(JSON.parse(readFileSync(pack, "utf8")).resource_schemas);
}
