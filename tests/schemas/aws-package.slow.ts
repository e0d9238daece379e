import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProviderTypes } from "../../src/provider/cut-provider-schema.ts";
import type {
  AttributeJson,
  BlockJson,
  NestedBlockJson,
  ProviderSchemaJson,
} from "../../src/provider/read-provider-schema.ts";
import { captureSchema } from "../../src/rehearsal/capture-schema.ts";
import { findTerraform } from "../../src/terraform/find-terraform.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors } from "../../src/terraform/provider-mirror.ts";

/** Says the same version of the provider as the mirror must hold. */
const PACKAGE = "@cdktf/provider-aws@20.1.0";
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

const folder = mkdtempSync(join(tmpdir(), "platc-aws-package-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One attribute or block that the two do not agree on. */
interface Difference {
  readonly path: string;
  readonly what: string;
}

let fields = 0;
const differences: Difference[] = [];

beforeAll(async () => {
  if (mirror === undefined) return;
  const script = ["schema/extract-provider.mjs", PACKAGE, "--types", "all", "--to", folder];
  const run = spawnSync(process.execPath, script, { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  const read = JSON.parse(readFileSync(join(folder, "hashicorp/aws.json"), "utf8")) as ProviderSchemaJson;
  const types: ProviderTypes = {
    resources: Object.keys(read.resource_schemas ?? {}),
    dataSources: Object.keys(read.data_source_schemas ?? {}),
    ephemerals: [],
  };
  const terraform = await findTerraform({ environment: process.env, constraint: ">= 1.10" });
  if (terraform.status === "missing") throw new Error(terraform.message);
  const real = await captureSchema({
    source: AWS,
    version: VERSION,
    mirror: mirror.path,
    types,
    terraformPath: terraform.path,
    environment: { ...process.env, XDG_CACHE_HOME: join(folder, "cache") },
    tell: () => {},
  });
  if (real.status === "failed") throw new Error(real.message);
  expect(types.resources).toHaveLength(1526);
  expect(types.dataSources).toHaveLength(608);
  compareBlocks("provider", read.provider?.block, real.json.provider?.block);
  for (const section of ["resource_schemas", "data_source_schemas"] as const)
    for (const [type, { block }] of Object.entries(real.json[section] ?? {}))
      compareBlocks(`${section}.${type}`, read[section]?.[type]?.block, block);
});

const title = `${PACKAGE} says what the provider ${VERSION} says`;

test.skipIf(mirror === undefined)(title, () => {
  const counts = differences.filter(({ what }) => what === "count");
  const others = differences.filter(({ what }) => what !== "count");
  expect(fields).toBeGreaterThan(38_000);
  // Limits above one are lost in the package; there are no others.
  expect(counts.length / fields).toBeLessThan(0.01);
  // Of the first CDKTF does not say that the inner one is a set; it takes the others for anything at all.
  expect(others.map(({ path, what }) => `${path}: ${what}`).sort()).toEqual([
    "data_source_schemas.aws_networkmanager_core_network_policy_document.segment_actions.via.with_edge_override.edge_sets: type",
    "data_source_schemas.aws_quicksight_analysis.definition: type",
    "resource_schemas.aws_quicksight_analysis.definition: missing block",
    "resource_schemas.aws_quicksight_dashboard.definition: missing block",
    "resource_schemas.aws_quicksight_template.definition: missing block",
    "resource_schemas.aws_wafv2_rule_group.rule.statement: missing block",
    "resource_schemas.aws_wafv2_web_acl.rule.statement: missing block",
  ]);
});

function compareBlocks(path: string, read: BlockJson = {}, real: BlockJson = {}): void {
  for (const [name, attribute] of Object.entries(real.attributes ?? {}))
    compareAttributes(`${path}.${name}`, read.attributes?.[name], attribute);
  for (const [name, nested] of Object.entries(real.block_types ?? {}))
    compareNested(`${path}.${name}`, read.block_types?.[name], nested);
  const known = new Set([...Object.keys(real.attributes ?? {}), ...Object.keys(real.block_types ?? {})]);
  for (const name of [...Object.keys(read.attributes ?? {}), ...Object.keys(read.block_types ?? {})])
    if (!known.has(name)) note(`${path}.${name}`, "extra");
}

function compareAttributes(path: string, read: AttributeJson | undefined, real: AttributeJson): void {
  fields++;
  if (read === undefined) return note(path, "missing attribute");
  for (const flag of ["required", "optional", "computed", "write_only"] as const)
    if ((read[flag] ?? false) !== (real[flag] ?? false)) note(path, flag);
  if (sorted(read.type) !== sorted(real.type) || read.nested_type !== real.nested_type) note(path, "type");
}

function compareNested(path: string, read: NestedBlockJson | undefined, real: NestedBlockJson): void {
  fields++;
  if (read === undefined) return note(path, "missing block");
  if (read.nesting_mode !== real.nesting_mode) note(path, "mode");
  const [min, max] = [
    (read.min_items ?? 0) - (real.min_items ?? 0),
    (read.max_items ?? 0) - (real.max_items ?? 0),
  ];
  if (min !== 0 || max !== 0) note(path, "count");
  compareBlocks(path, read.block, real.block);
}

function note(path: string, what: string): void {
  differences.push({ path, what });
}

function sorted(type: unknown): string {
  return JSON.stringify(type, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
}
