import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findTerraform } from "../../../src/terraform/find-terraform.ts";
import { installedTerraformPath } from "../../../src/terraform/installed-terraform-path.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-find-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A program that only tells its version, since one machine has one Terraform. */
function program(path: string, says: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\nif [ "$*" = version ] && [ -z "$TF_CLI_ARGS" ]; then echo "${says}"; fi\n`);
  chmodSync(path, 0o755);
  return path;
}

describe("findTerraform", () => {
  test("the real one, with its version", async () => {
    const found = await findTerraform({ environment: process.env, constraint: ">= 1.10" });
    expect(found).toMatchObject({
      status: "found",
      version: expect.stringMatching(/^1\.\d+\.\d+/) as unknown,
    });
  });

  test("terraform before tofu, unless only tofu meets the constraint, by what it says of itself", async () => {
    const terraform = program(join(folder, "a", "terraform"), "Terraform v1.5.7");
    const tofu = program(join(folder, "b", "tofu"), "OpenTofu v1.9.0");
    const environment = { PATH: [join(folder, "a"), join(folder, "b")].join(delimiter), TF_CLI_ARGS: "-x" };
    expect(await findTerraform({ environment })).toEqual({
      status: "found",
      path: terraform,
      version: "1.5.7",
      flavour: "terraform",
    });
    expect(await findTerraform({ environment, constraint: ">= 1.9" })).toEqual({
      status: "found",
      path: tofu,
      version: "1.9.0",
      flavour: "opentofu",
    });
    expect(await findTerraform({ environment, constraint: ">= 2.0" })).toMatchObject({
      status: "missing",
      message: `There is no terraform or tofu that meets '>= 2.0' on the PATH: '${terraform}' is 1.5.7, '${tofu}' is 1.9.0`,
    });
  });

  test("PLATC_TERRAFORM names a path or a name, and then no other is taken", async () => {
    program(join(folder, "a", "terraform"), "Terraform v1.11.4");
    const mine = program(join(folder, "bin", "mine"), "OpenTofu v1.8.1");
    const PATH = [join(folder, "a"), join(folder, "bin")].join(delimiter);
    const found = { status: "found", path: mine, version: "1.8.1", flavour: "opentofu" };
    expect(await findTerraform({ environment: { PATH, PLATC_TERRAFORM: "mine" } })).toEqual(found);
    expect(
      await findTerraform({ environment: { PATH, PLATC_TERRAFORM: "./bin/mine" }, cwd: folder }),
    ).toEqual(found);
    expect(await findTerraform({ environment: { PATH, PLATC_TERRAFORM: "other" } })).toMatchObject({
      status: "missing",
      message: "PLATC_TERRAFORM names 'other', which is no program",
    });
    expect(
      await findTerraform({ environment: { PATH, PLATC_TERRAFORM: mine }, constraint: "~> 1.9" }),
    ).toMatchObject({
      message: `PLATC_TERRAFORM names no Terraform that meets '~> 1.9': '${mine}' is 1.8.1`,
    });
  });

  test("what the spec says is the only one that is taken, and PLATC_TERRAFORM wins over it", async () => {
    const terraform = program(join(folder, "bin", "terraform"), "Terraform v1.11.4");
    const environment = { PATH: join(folder, "bin") };
    expect(await findTerraform({ environment, command: "tofu", constraint: ">= 1.9" })).toEqual({
      status: "missing",
      message: "There is no tofu that meets '>= 1.9' on the PATH",
      hint: "The spec says 'terraform: { command: tofu }'. Install OpenTofu (https://opentofu.org/docs/intro/install), or let 'platc doctor --install' do it. Or name a binary in PLATC_TERRAFORM.",
    });
    const tofu = program(join(folder, "bin", "tofu"), "OpenTofu v1.12.6");
    const pathOf = async (request: Parameters<typeof findTerraform>[0]): Promise<string> => {
      const found = await findTerraform(request);
      return found.status === "found" ? found.path : found.message;
    };
    expect(await pathOf({ environment, command: "tofu" })).toBe(tofu);
    expect(await pathOf({ environment, command: "terraform" })).toBe(terraform);
    expect(
      await pathOf({ environment: { ...environment, PLATC_TERRAFORM: "terraform" }, command: "tofu" }),
    ).toBe(terraform);
    rmSync(terraform);
    expect(await pathOf({ environment, command: "terraform" })).toBe("There is no terraform on the PATH");
  });

  test("one that platc installed is taken for the flavour that is asked for", async () => {
    const tofu = program(installedTerraformPath(folder, "opentofu"), "OpenTofu v1.12.6");
    const request = { environment: { PATH: "" }, cacheFolder: folder };
    expect(await findTerraform({ ...request, command: "tofu" })).toMatchObject({ path: tofu });
    const byName = { ...request, environment: { PATH: "", PLATC_TERRAFORM: "tofu" } };
    expect(await findTerraform(byName)).toMatchObject({ path: tofu });
    expect(await findTerraform({ ...request, command: "terraform" })).toMatchObject({ status: "missing" });
    expect(await findTerraform(request)).toMatchObject({ status: "missing" });
  });

  test("a prerelease and a build of one's own are held against a constraint by what they lead up to", async () => {
    const path = program(join(folder, "tofu"), "OpenTofu v1.12.6-dev");
    const environment = { PATH: folder };
    const found = { status: "found", path, version: "1.12.6-dev", flavour: "opentofu" };
    expect(await findTerraform({ environment, constraint: ">= 1.10" })).toEqual(found);
    expect(await findTerraform({ environment, constraint: "< 1.12.6" })).toMatchObject({ status: "missing" });
  });

  test("the one that platc installed comes last", async () => {
    const path = program(installedTerraformPath(folder), "Terraform v1.11.4");
    const request = { environment: { PATH: "" }, cacheFolder: folder };
    expect(await findTerraform(request)).toMatchObject({ status: "found", path });
    expect(await findTerraform({ environment: { PATH: "" } })).toMatchObject({
      status: "missing",
      message: "There is no terraform or tofu on the PATH",
    });
  });

  test("what does not tell its version is not taken", async () => {
    const path = program(join(folder, "terraform"), "hello");
    expect(await findTerraform({ environment: { PATH: folder } })).toMatchObject({
      message: `There is no terraform or tofu on the PATH: '${path}' does not tell its version`,
    });
  });
});
