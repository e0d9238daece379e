import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findProviderMirrors, listMirroredProviders } from "../../../src/terraform/provider-mirror.ts";

const HOST = "registry.terraform.io";
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-mirror-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function touch(...parts: readonly string[]): void {
  const path = join(folder, ...parts);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, "");
}

function find(environment: Readonly<Record<string, string>> = {}) {
  return findProviderMirrors({
    environment: { XDG_DATA_DIRS: join(folder, "share"), ...environment },
    home: join(folder, "home"),
    project: join(folder, "project"),
    platform: "linux_amd64",
    programFolder: join(folder, "opt"),
  });
}

const AWS = { source: `${HOST}/hashicorp/aws`, version: "5.100.0", layout: "unpacked" };

describe("listMirroredProviders", () => {
  test("lists both layouts, for one platform", () => {
    touch("m", HOST, "hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5");
    touch("m", HOST, "hashicorp/aws/5.90.0/darwin_arm64/terraform-provider-aws_v5.90.0_x5");
    touch("m", HOST, "hashicorp/null/terraform-provider-null_3.2.1_linux_amd64.zip");
    touch("m", HOST, "hashicorp/null/terraform-provider-null_3.2.2_windows_amd64.zip");
    touch("m", HOST, "hashicorp/null/index.json");
    touch("m", HOST, "hashicorp/empty/1.0.0/linux_amd64/README");
    expect(listMirroredProviders(join(folder, "m"), "linux_amd64")).toEqual([
      AWS,
      { source: `${HOST}/hashicorp/null`, version: "3.2.1", layout: "packed" },
    ]);
    expect(listMirroredProviders(join(folder, "none"), "linux_amd64")).toEqual([]);
  });

  test("follows links", () => {
    touch("real/terraform-provider-aws_v5.100.0_x5");
    mkdirSync(join(folder, "m", HOST, "hashicorp/aws/5.100.0"), { recursive: true });
    symlinkSync(join(folder, "real"), join(folder, "m", HOST, "hashicorp/aws/5.100.0/linux_amd64"));
    expect(listMirroredProviders(join(folder, "m"), "linux_amd64")).toEqual([AWS]);
  });
});

describe("findProviderMirrors", () => {
  const packageOfAws = `${HOST}/hashicorp/aws/5.100.0/linux_amd64/terraform-provider-aws_v5.100.0_x5`;

  test("finds those in the usual places that hold something for this machine", () => {
    touch("project/.platc/providers", packageOfAws);
    touch("home/.terraform.d/plugins", packageOfAws);
    touch("share/terraform/plugins", packageOfAws);
    touch("opt/mirror", packageOfAws);
    touch("opt/other", packageOfAws.replaceAll("linux", "darwin"));
    touch("opt/program/bin/x");
    const { mirrors, notes } = find();
    expect(mirrors).toEqual([
      { path: join(folder, "project/.platc/providers"), origin: "project", providers: [AWS] },
      { path: join(folder, "home/.terraform.d/plugins"), origin: "implied", providers: [AWS] },
      { path: join(folder, "share/terraform/plugins"), origin: "implied", providers: [AWS] },
      { path: join(folder, "opt/mirror"), origin: "convention", providers: [AWS] },
    ]);
    expect(notes).toEqual([]);
  });

  test("the setting beats them all, relative to the project; none is none", () => {
    touch("opt/mirror", packageOfAws);
    touch("project/vendor", packageOfAws);
    const named = { path: join(folder, "project/vendor"), origin: "setting", providers: [AWS] };
    expect(find({ PLATC_PROVIDER_MIRROR: "vendor" })).toEqual({ mirrors: [named], notes: [] });
    expect(find({ PLATC_PROVIDER_MIRROR: "none" })).toEqual({ mirrors: [], notes: [] });
  });

  test("a setting that names nothing of use is told", () => {
    const { mirrors, notes } = find({ PLATC_PROVIDER_MIRROR: "/nowhere" });
    expect(mirrors).toEqual([]);
    expect(notes[0]?.message).toBe("The provider mirror '/nowhere' does not exist");
    mkdirSync(join(folder, "project/empty"), { recursive: true });
    expect(find({ PLATC_PROVIDER_MIRROR: "empty" }).notes[0]?.message).toContain(
      "holds no provider for linux_amd64",
    );
  });
});
