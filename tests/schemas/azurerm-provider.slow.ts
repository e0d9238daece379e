import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProviderOverlay } from "../../src/provider/type-overlay.ts";
import { type ProviderSchemaJson, readProviderSchema } from "../../src/provider/read-provider-schema.ts";
import { readOverlay } from "../../src/provider/read-overlay.ts";
import { readSchemaPack, type SchemaPack } from "../../src/provider/schema-pack.ts";
import { captureSchema } from "../../src/rehearsal/capture-schema.ts";
import { findTerraform } from "../../src/terraform/find-terraform.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors } from "../../src/terraform/provider-mirror.ts";
import { meetsConstraint } from "../../src/text/version-constraint.ts";
import { CHANGES } from "./azurerm-changes.ts";
import { compareSchemas } from "./compare-schemas.ts";
import { type RealProvider, startRealProvider } from "./real-provider.ts";
import { GIVEN } from "./azurerm-samples.ts";
import { plannedDefaults, proposedFor, sampleConfig } from "./sample-config.ts";

const SOURCE = "hashicorp/azurerm";
const ADDRESS = `registry.terraform.io/${SOURCE}`;
const FOLDER = "schema/providers";
/** The newest version whose changes are in the list. */
const KNOWN = "5.2.0";

const held = heldProvider();
const pack = packed();
const cache = mkdtempSync(join(tmpdir(), "platc-azurerm-"));
const title =
  held === undefined ? " (skipped: no provider mirror holds one of 4.55 to 5)" : ` ${held.version}`;

/** Any azurerm from that of the pack on: PLATC_PROVIDER_MIRROR names a mirror that holds it. */
describe.skipIf(held === undefined)(`the pack and the overlay of azurerm against azurerm${title}`, () => {
  let json: ProviderSchemaJson;
  let provider: RealProvider;

  beforeAll(async () => {
    json = await realSchema();
    const schema = readProviderSchema(json, SOURCE, held!.version);
    provider = await startRealProvider(held!.program, schema);
  });
  afterAll(() => {
    provider?.close();
    rmSync(cache, { recursive: true, force: true });
  });

  test("the schema of the pack is that of the provider, but for what changed since", () => {
    const { fields, differences } = compareSchemas(pack, json, { marked: true });
    const found = differences.map(({ path, what }) => `${path}: ${what}`);
    const unexplained = found.filter((one) => !CHANGES.includes(one) && !isLaterAddition(one));
    expect(fields).toBeGreaterThan(1000);
    expect(unexplained).toEqual([]);
    if (held!.version === KNOWN) expect(CHANGES.filter((one) => !found.includes(one))).toEqual([]);
  });

  test.each(Object.keys(pack.resource_schemas ?? {}))(
    "the defaults of %s are those that the provider plans",
    async (name) => {
      const schema = readProviderSchema(json, SOURCE, held!.version);
      const { block } = schema.resources.get(name)!;
      const config = sampleConfig(block, GIVEN[name]);
      const plan = await provider.plan(name, config, proposedFor(block, config));
      if (plan.status === "refused") throw new Error(plan.messages.join("\n"));
      expect(overlayOf(held!.version).resources.get(name)?.defaults ?? {}).toEqual(
        plannedDefaults(block, config, plan.planned),
      );
    },
  );
});

/** Releases add attributes; of those up to KNOWN each is in the list. */
function isLaterAddition(difference: string): boolean {
  return meetsConstraint(held!.version, `> ${KNOWN}`) && / missing (attribute|block)$/.test(difference);
}

async function realSchema(): Promise<ProviderSchemaJson> {
  const terraform = await findTerraform({ environment: process.env, constraint: ">= 1.10" });
  if (terraform.status === "missing") throw new Error(terraform.message);
  const captured = await captureSchema({
    source: ADDRESS,
    version: held!.version,
    mirror: held!.mirror,
    types: {
      resources: Object.keys(pack.resource_schemas ?? {}),
      dataSources: Object.keys(pack.data_source_schemas ?? {}),
      ephemerals: Object.keys(pack.ephemeral_resource_schemas ?? {}),
    },
    terraform,
    environment: { ...process.env, XDG_CACHE_HOME: cache },
    tell: () => {},
  });
  if (captured.status === "failed") throw new Error(captured.message);
  return captured.json;
}

function packed(): SchemaPack {
  const path = `${FOLDER}/${SOURCE}.json`;
  const reading = readSchemaPack(readFileSync(path, "utf8"), path, SOURCE);
  if (reading.status === "bad") throw new Error(reading.message);
  return reading.pack;
}

function overlayOf(version: string): ProviderOverlay {
  const path = `${FOLDER}/${SOURCE}.overlay.yaml`;
  return readOverlay(readFileSync(path, "utf8"), path, SOURCE, version).overlay;
}

interface HeldProvider {
  readonly version: string;
  readonly mirror: string;
  readonly program: string;
}

function heldProvider(): HeldProvider | undefined {
  const places = {
    environment: process.env,
    home: homedir(),
    project: process.cwd(),
    platform: hostPlatform(),
  };
  const found = findProviderMirrors(places).mirrors.flatMap(({ path, providers }) =>
    providers
      .filter(({ source, layout }) => source === ADDRESS && layout === "unpacked")
      .filter(({ version }) => meetsConstraint(version, ">= 4.55, < 6.0"))
      .map(({ version }) => ({ version, mirror: path })),
  );
  const newest = found.sort((left, right) =>
    right.version.localeCompare(left.version, "en", { numeric: true }),
  )[0];
  if (newest === undefined) return undefined;
  const folder = join(newest.mirror, ADDRESS, newest.version, hostPlatform());
  const file = readdirSync(folder).find((name) => name.startsWith("terraform-provider-azurerm"))!;
  return { ...newest, program: join(folder, file) };
}
