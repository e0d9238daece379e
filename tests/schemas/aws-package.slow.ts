import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ProviderTypes } from "../../src/provider/cut-provider-schema.ts";
import type { ProviderSchemaJson } from "../../src/provider/read-provider-schema.ts";
import { captureSchema } from "../../src/rehearsal/capture-schema.ts";
import { findTerraform } from "../../src/terraform/find-terraform.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors } from "../../src/terraform/provider-mirror.ts";
import { type Comparison, compareSchemas } from "./compare-schemas.ts";

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

let compared: Comparison = { fields: 0, differences: [] };

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
    terraform,
    environment: { ...process.env, XDG_CACHE_HOME: join(folder, "cache") },
    tell: () => {},
  });
  if (real.status === "failed") throw new Error(real.message);
  expect(types.resources).toHaveLength(1526);
  expect(types.dataSources).toHaveLength(608);
  compared = compareSchemas(read, real.json, { marked: false });
});

const title = `${PACKAGE} says what the provider ${VERSION} says`;

test.skipIf(mirror === undefined)(title, () => {
  const { fields, differences } = compared;
  const counts = differences.filter(({ what }) => what === "count");
  const others = differences.filter(({ what }) => what !== "count");
  expect(fields).toBeGreaterThan(38_000);
  // Limits above one are lost in the package; there are no others.
  expect(counts.length / fields).toBeLessThan(0.01);
  // Of the first CDKTF does not say that the inner one is a set; it takes the others for anything at all.
  expect(others.map(({ path, what }) => `${path}: ${what}`).sort()).toEqual([
    "data aws_networkmanager_core_network_policy_document.segment_actions.via.with_edge_override.edge_sets: type",
    "data aws_quicksight_analysis.definition: type",
    "resource aws_quicksight_analysis.definition: missing block",
    "resource aws_quicksight_dashboard.definition: missing block",
    "resource aws_quicksight_template.definition: missing block",
    "resource aws_wafv2_rule_group.rule.statement: missing block",
    "resource aws_wafv2_web_acl.rule.statement: missing block",
  ]);
});
