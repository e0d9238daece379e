import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Finding, findTerraformTool } from "../../../src/cli/doctor-findings.ts";
import { platformOf } from "../stacks/platforms.ts";

const SPEC = `version: 1
platform: p
terraform: { command: tofu }
state: { backend: local }
environments: { dev: {} }
stacks: { raw: { module: test/tiny } }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-doctor-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(name: string, says: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\necho "${says}"\n`);
  chmodSync(join(folder, name), 0o755);
}

async function finding(setting = ""): Promise<Finding> {
  const environment = { HOME: folder, PATH: folder, PLATC_TERRAFORM: setting };
  return findTerraformTool({
    root: folder,
    lockText: undefined,
    platform: await platformOf(SPEC),
    environment,
  });
}

test("doctor misses the program that the spec names, however many others there are", async () => {
  program("terraform", "Terraform v1.11.4");
  expect(await finding()).toMatchObject({
    name: "tofu",
    status: "missing",
    message: "There is no tofu on the PATH",
    hint: expect.stringContaining("'platc doctor --install'") as unknown,
  });
  program("tofu", "OpenTofu v1.12.6");
  expect(await finding()).toEqual({
    name: "tofu",
    status: "ok",
    message: `OpenTofu 1.12.6 at '${join(folder, "tofu")}'`,
  });
});

test("doctor warns of a PLATC_TERRAFORM that is of another mind than the spec", async () => {
  program("terraform", "Terraform v1.11.4");
  expect(await finding("terraform")).toEqual({
    name: "tofu",
    status: "warn",
    message: `Terraform 1.11.4 at '${join(folder, "terraform")}'; the spec says 'command: tofu'`,
    hint: "PLATC_TERRAFORM wins over the spec: unset it to run what the spec says.",
  });
});
