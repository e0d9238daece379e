import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mapInTurns } from "../../src/ledger/entry-store.ts";
import { copyD2b, isAwsMirrored, lacksForAws } from "../e2e/d2b-project.ts";
import { runPlainTerraform } from "../e2e/plain-terraform.ts";
import { compiled } from "../run/project.ts";

const ADDRESSES = [
  ...["main-backend", "deployment"].map((name) => `global/${name}`),
  ...["dev", "staging", "prod"].flatMap((environment) =>
    ["main-backend", "storage/s3", "access", "workflow/lambda", "workflow/glue"].map(
      (name) => `${environment}/${name}`,
    ),
  ),
];

const lacking = await lacksForAws();
const reason = lacking === undefined ? "" : ` (skipped: ${lacking})`;
const project = copyD2b();

describe.skipIf(lacking !== undefined)(`every root module of D2b${reason}`, () => {
  beforeAll(async () => {
    await compiled(project);
    if (isAwsMirrored()) return;
    // One download for all; Terraform's cache bears one init at a time.
    project.environment["TF_PLUGIN_CACHE_DIR"] = join(project.root, "plugin-cache");
    mkdirSync(project.environment["TF_PLUGIN_CACHE_DIR"]);
  });
  afterAll(() => project.remove("."));

  test("is one of 17", () => {
    const { stacks } = JSON.parse(project.read("out/d2b/manifest.json")) as {
      readonly stacks: readonly { readonly address: string }[];
    };
    expect(stacks.map(({ address }) => address)).toEqual([...ADDRESSES].sort());
    expect(ADDRESSES).toHaveLength(17);
  });

  test("is valid, without a warning", { timeout: 900_000 }, async () => {
    const found = await mapInTurns(ADDRESSES, isAwsMirrored() ? 2 : 1, async (address) => {
      const folder = join(project.root, "out", "d2b", address);
      const init = await runPlainTerraform(project, folder, ...INIT);
      if (init.code !== 0) return [address, init.output];
      return [address, JSON.parse((await runPlainTerraform(project, folder, "validate", "-json")).output)];
    });
    expect(found).toEqual(ADDRESSES.map((address) => [address, VALID]));
  });
});

const INIT = ["init", "-input=false", "-no-color", "-backend=false", "-lockfile=readonly"];
const VALID = { format_version: "1.0", valid: true, error_count: 0, warning_count: 0, diagnostics: [] };
