import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readProviderSchema, type ProviderSchemaJson } from "../../src/provider/read-provider-schema.ts";
import { captureSchema } from "../../src/rehearsal/capture-schema.ts";
import { findTerraform } from "../../src/terraform/find-terraform.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors } from "../../src/terraform/provider-mirror.ts";
import { askReplacements } from "./ask-replacements.ts";

const FILE = "schema/providers/hashicorp/aws.replacements.txt";
const VERSION = "5.100.0";
const AWS = "registry.terraform.io/hashicorp/aws";
const { mirrors } = findProviderMirrors({
  environment: process.env,
  home: homedir(),
  project: process.cwd(),
  platform: hostPlatform(),
});
const mirror = mirrors.find(({ providers }) =>
  providers.some(({ source, version }) => source === AWS && version === VERSION),
);
const folder = mkdtempSync(join(tmpdir(), "platc-aws-replacements-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kept = readFileSync(FILE, "utf8").split("\n");
const header = kept.filter((line) => line.startsWith("#"));

/** `-u` writes the file again. */
test.skipIf(mirror === undefined)("what the provider replaces stands in the file", async () => {
  const installed = join(mirror!.path, AWS, VERSION, hostPlatform());
  const program = readdirSync(installed).find((name) => name.startsWith("terraform-provider-aws"));
  const schema = readProviderSchema(await wholeSchema(mirror!.path), "hashicorp/aws", VERSION);
  const lines = await askReplacements(join(installed, program!), schema);
  await expect([...header, ...lines, ""].join("\n")).toMatchFileSnapshot(join("../..", FILE));
});

async function wholeSchema(mirrorPath: string): Promise<ProviderSchemaJson> {
  const terraform = await findTerraform({ environment: process.env, constraint: ">= 1.10" });
  if (terraform.status === "missing") throw new Error(terraform.message);
  const types = kept.flatMap((line) => (line === "" || line.startsWith("#") ? [] : [line.split(" ", 1)[0]!]));
  const captured = await captureSchema({
    source: AWS,
    version: VERSION,
    mirror: mirrorPath,
    types: { resources: types, dataSources: [], ephemerals: [] },
    terraform,
    environment: { ...process.env, XDG_CACHE_HOME: join(folder, "cache") },
    tell: () => {},
  });
  if (captured.status === "failed") throw new Error(captured.message);
  return captured.json;
}
