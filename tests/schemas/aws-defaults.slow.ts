import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ValueRecord } from "../../src/provider/is-record.ts";
import type { ProviderSchema } from "../../src/provider/provider-schema.ts";
import { readOverlay } from "../../src/provider/read-overlay.ts";
import { readProviderSchema } from "../../src/provider/read-provider-schema.ts";
import { readSchemaPack } from "../../src/provider/schema-pack.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors } from "../../src/terraform/provider-mirror.ts";
import { type RealProvider, startRealProvider } from "./real-provider.ts";
import { plannedDefaults, proposedFor, sampleConfig } from "./sample-config.ts";

const SOURCE = "hashicorp/aws";
const FOLDER = "schema/providers";
const schema = packed();
const program = programOf(schema.version);
const overlay = readOverlay(readFileSync(`${FOLDER}/${SOURCE}.overlay.yaml`, "utf8"), SOURCE, SOURCE).overlay;

/** Nobody is asked for anything. */
const OFFLINE = {
  region: "eu-west-1",
  access_key: "nobody",
  secret_key: "nothing",
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

/** Where the provider plans nothing for values that mean nothing. */
const GIVEN: Readonly<Record<string, ValueRecord>> = {
  aws_dynamodb_table: {
    hash_key: "id",
    attribute: [{ name: "id", type: "S" }],
    read_capacity: 1,
    write_capacity: 1,
    global_secondary_index: [],
    local_secondary_index: [],
  },
  aws_lambda_function: { handler: "index.handler", runtime: "nodejs20.x" },
  aws_s3_bucket_lifecycle_configuration: {
    rule: [
      {
        status: "Enabled",
        transition: { storage_class: "GLACIER" },
        noncurrent_version_transition: { storage_class: "GLACIER" },
      },
    ],
  },
};

let provider: RealProvider | undefined;
beforeAll(async () => {
  if (program !== undefined) provider = await startRealProvider(program, schema, OFFLINE);
});
afterAll(() => provider?.close());

test.skipIf(program === undefined).each([...schema.resources.keys()])(
  "the defaults of %s are those that the provider plans",
  async (name) => {
    const { block } = schema.resources.get(name)!;
    const config = sampleConfig(block, GIVEN[name]);
    const plan = await provider!.plan(name, config, proposedFor(block, config));
    if (plan.status === "refused") throw new Error(plan.messages.join("\n"));
    const { tags_all: _tags, ...defaults } = plannedDefaults(block, config, plan.planned);
    expect(overlay.resources.get(name)?.defaults ?? {}).toEqual(defaults);
  },
);

function packed(): ProviderSchema {
  const path = `${FOLDER}/${SOURCE}.json`;
  const reading = readSchemaPack(readFileSync(path, "utf8"), path, SOURCE);
  if (reading.status === "bad") throw new Error(reading.message);
  return readProviderSchema(reading.pack, SOURCE, reading.pack.version);
}

/** The provider's own program in a mirror of this machine; undefined where none holds this version. */
function programOf(version: string): string | undefined {
  const { mirrors } = findProviderMirrors({
    environment: process.env,
    home: homedir(),
    project: process.cwd(),
    platform: hostPlatform(),
  });
  const source = `registry.terraform.io/${SOURCE}`;
  const mirror = mirrors.find(({ providers }) =>
    providers.some((one) => one.source === source && one.version === version),
  );
  if (mirror === undefined) return undefined;
  const folder = join(mirror.path, source, version, hostPlatform());
  const file = readdirSync(folder).find((name) => name.startsWith("terraform-provider-aws"));
  return file === undefined ? undefined : join(folder, file);
}
