import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strToU8, zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findTerraform } from "../../../src/terraform/find-terraform.ts";
import { hostPlatform } from "../../../src/terraform/host-platform.ts";
import { installTerraform } from "../../../src/terraform/install-terraform.ts";
import type { Flavour } from "../../../src/text/flavour.ts";
import { PINNED } from "../../../src/terraform/pinned-terraform.ts";

const script = "#!/bin/sh\necho Terraform v1.11.4\n";
const archive = Buffer.from(zipSync({ "LICENSE.txt": strToU8("free"), terraform: strToU8(script) }));
const tofuArchive = Buffer.from(zipSync({ tofu: strToU8("#!/bin/sh\necho OpenTofu v1.11.4\n") }));
const sha256 = createHash("sha256").update(archive).digest("hex");
const platform = hostPlatform();

let server: Server;
let cacheFolder: string;
let answer: { readonly status?: number; readonly body: Buffer; readonly length?: number };
let asked: string[];

beforeEach(async () => {
  cacheFolder = mkdtempSync(join(tmpdir(), "platc-cache-"));
  asked = [];
  answer = { body: archive };
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(answer.status ?? 200, { "content-length": answer.length ?? answer.body.length });
    response.write(answer.body, () => (answer.length === undefined ? response.end() : response.destroy()));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
});

afterEach(() => {
  server.close();
  rmSync(cacheFolder, { recursive: true });
});

function install(pinnedSum = sha256, flavour: Flavour = "terraform") {
  const place = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const environment = {
    [flavour === "opentofu" ? "PLATC_OPENTOFU_MIRROR" : "PLATC_TERRAFORM_MIRROR"]: place,
  };
  const pinned = { version: "1.11.4", sha256ByPlatform: { [platform]: pinnedSum } };
  return installTerraform({ cacheFolder, flavour, environment, platform, pinned });
}

function leftovers(): readonly string[] {
  return readdirSync(cacheFolder, { recursive: true }).map(String);
}

describe("installTerraform", () => {
  test("installs the pinned archive, once, where findTerraform finds it", async () => {
    const installed = await install();
    expect(installed).toMatchObject({ status: "installed", version: "1.11.4" });
    if (installed.status === "failed") return;
    expect(asked).toEqual([`/terraform/1.11.4/terraform_1.11.4_${platform}.zip`]);
    expect(execFileSync(installed.path, { encoding: "utf8" })).toBe("Terraform v1.11.4\n");
    expect(await findTerraform({ environment: {}, cacheFolder })).toMatchObject({
      status: "found",
      path: installed.path,
    });
    expect(await install()).toEqual({ ...installed, status: "already-installed" });
    expect(asked).toHaveLength(1);
    expect(leftovers()).toEqual(["terraform", "terraform/1.11.4", "terraform/1.11.4/terraform"]);
  });

  test("installs OpenTofu beside it, from the place that serves its releases", async () => {
    answer = { body: tofuArchive };
    const installed = await install(createHash("sha256").update(tofuArchive).digest("hex"), "opentofu");
    expect(installed).toMatchObject({ status: "installed", version: "1.11.4" });
    if (installed.status === "failed") return;
    expect(asked).toEqual([`/v1.11.4/tofu_1.11.4_${platform}.zip`]);
    expect(execFileSync(installed.path, { encoding: "utf8" })).toBe("OpenTofu v1.11.4\n");
    expect(leftovers()).toEqual(["opentofu", "opentofu/1.11.4", "opentofu/1.11.4/tofu"]);
    answer = { status: 404, body: Buffer.from("no") };
    expect(await install(sha256, "terraform")).toMatchObject({
      hint: "Name a place that serves Terraform's releases in PLATC_TERRAFORM_MIRROR, or install Terraform or OpenTofu yourself.",
    });
  });

  test("refuses another archive, and names both sums", async () => {
    const wrong = "0".repeat(64);
    const result = await install(wrong);
    expect(result).toMatchObject({ status: "failed" });
    expect(result.status === "failed" && result.message).toContain(`its SHA-256 is ${sha256}, not ${wrong}`);
    expect(leftovers()).toEqual([]);
  });

  test("refuses a truncated answer", async () => {
    answer = { body: archive.subarray(0, 50), length: archive.length };
    const result = await install();
    expect(result.status === "failed" && result.message).toContain("could not be downloaded");
    expect(leftovers()).toEqual([]);
  });

  test("tells what a mirror answers, and that there is none", async () => {
    answer = { status: 404, body: Buffer.from("no") };
    expect(await install()).toMatchObject({
      status: "failed",
      message: expect.stringContaining("answered 404") as unknown,
    });
    const environment = { PLATC_TERRAFORM_MIRROR: "http://127.0.0.1:1" };
    const result = await installTerraform({ cacheFolder, environment, platform: "linux_amd64" });
    expect(result.status === "failed" && result.message).toContain("could not be downloaded");
  });

  test("knows the platforms that it has sums for", async () => {
    const result = await installTerraform({ cacheFolder, environment: {}, platform: "plan9_mips" });
    expect(result).toMatchObject({ message: "No Terraform 1.11.4 is pinned for plan9_mips" });
    for (const { sha256ByPlatform } of Object.values(PINNED)) {
      expect(Object.keys(sha256ByPlatform)).toEqual([
        "darwin_amd64",
        "darwin_arm64",
        "linux_amd64",
        "linux_arm64",
        "windows_amd64",
      ]);
      for (const sum of Object.values(sha256ByPlatform)) expect(sum).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(existsSync(join(cacheFolder, "terraform"))).toBe(false);
  });
});
