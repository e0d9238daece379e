import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { cacheFolder } from "../../../src/terraform/cache-folder.ts";
import { hostPlatform } from "../../../src/terraform/host-platform.ts";
import { installedTerraformPath } from "../../../src/terraform/installed-terraform-path.ts";
import { prepareTools } from "../../../src/terraform/prepare-tools.ts";

let HOME: string;
let told: string[];

beforeEach(() => {
  HOME = mkdtempSync(join(tmpdir(), "platc-tools-"));
  told = [];
});

afterEach(() => rmSync(HOME, { recursive: true }));

interface Asked {
  readonly requiredVersion?: string;
  readonly command?: "terraform" | "tofu";
  readonly mayInstall?: boolean;
  readonly setting?: string;
}

function prepare({ requiredVersion, command, mayInstall = false, setting = "" }: Asked = {}) {
  // A host that nobody listens at: nothing is downloaded here.
  const mirror = "http://127.0.0.1:1";
  const environment = {
    HOME,
    PATH: HOME,
    PLATC_PROVIDER_MIRROR: "none",
    PLATC_TERRAFORM_MIRROR: mirror,
    PLATC_OPENTOFU_MIRROR: mirror,
    PLATC_TERRAFORM: setting,
  };
  const tell = (message: string): void => void told.push(message);
  return prepareTools({
    environment,
    projectRoot: HOME,
    spec: { command, requiredVersion },
    mayInstall,
    tell,
  });
}

test("the Terraform of platc's cache is taken where there is no other", async () => {
  expect(await prepare()).toMatchObject({
    status: "missing",
    message: "There is no terraform or tofu on the PATH",
  });
  const path = installedTerraformPath(cacheFolder({ HOME }));
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, '#!/bin/sh\necho "Terraform v1.11.4"\n');
  chmodSync(path, 0o755);
  expect(await prepare({ requiredVersion: ">= 1.10" })).toEqual({
    status: "ok",
    terraform: { status: "found", path, version: "1.11.4", flavour: "terraform" },
    mirrors: [],
    searchedMirrors: [],
    cliConfig: { kind: "user" },
    cliConfigText: undefined,
    notes: [],
  });
});

test("the pinned one is installed only where that is allowed, and where it would do", async () => {
  expect(await prepare({ mayInstall: true, requiredVersion: ">= 99.0" })).toMatchObject({
    status: "missing",
  });
  expect(told).toEqual([]);
  expect(await prepare({ mayInstall: true })).toMatchObject({
    status: "missing",
    message: expect.stringContaining("could not be downloaded") as unknown,
  });
  expect(told).toEqual([
    "There is no terraform or tofu on the PATH; installing Terraform 1.11.4 into platc's cache",
  ]);
});

test("where the spec says tofu, or PLATC_TERRAFORM, OpenTofu is installed and no other is taken", async () => {
  expect(await prepare({ command: "tofu", mayInstall: true })).toMatchObject({
    status: "missing",
    message: `'http://127.0.0.1:1/v1.12.6/tofu_1.12.6_${hostPlatform()}.zip' could not be downloaded: bad port`,
    hint: "Name a place that serves OpenTofu's releases in PLATC_OPENTOFU_MIRROR, or install OpenTofu yourself.",
  });
  expect(told).toEqual(["There is no tofu on the PATH; installing OpenTofu 1.12.6 into platc's cache"]);
  for (const [flavour, says] of [
    ["terraform", "Terraform v1.11.4"],
    ["opentofu", "OpenTofu v1.12.6"],
  ] as const) {
    const path = installedTerraformPath(cacheFolder({ HOME }), flavour);
    mkdirSync(join(path, ".."), { recursive: true });
    writeFileSync(path, `#!/bin/sh\necho "${says}"\n`);
    chmodSync(path, 0o755);
  }
  const flavours = [
    { command: "tofu" },
    { setting: "tofu" },
    { command: "tofu", setting: "terraform" },
    {},
  ] as const;
  const found = await Promise.all(flavours.map(async (asked) => prepare(asked)));
  expect(found.map((tools) => tools.status === "ok" && tools.terraform.flavour)).toEqual([
    "opentofu",
    "opentofu",
    "terraform",
    "terraform",
  ]);
});

test("the user's CLI configuration is part of what decides about providers", async () => {
  const path = installedTerraformPath(cacheFolder({ HOME }));
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, '#!/bin/sh\necho "Terraform v1.11.4"\n');
  chmodSync(path, 0o755);
  writeFileSync(
    join(HOME, ".terraformrc"),
    "provider_installation {\n  direct {}\n}\ndisable_checkpoint = true\n",
  );
  const tools = await prepare();
  expect(tools.status === "ok" && tools.cliConfigText).toContain("direct {}");
});
