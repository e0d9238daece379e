import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  initStamp,
  isInitCurrent,
  removeInitStamp,
  writeInitStamp,
  type InitParts,
} from "../../../src/terraform/init-stamp.ts";

const PARTS: InitParts = {
  binary: { version: "1.11.4", flavour: "terraform" },
  root: {
    terraform: {
      backend: { s3: { bucket: "b", key: "k" } },
      required_providers: { aws: { source: "hashicorp/aws" } },
    },
    module: { raw: { source: "../modules/raw", bucket: "one" } },
    output: { a: { value: 1 } },
  },
  moduleDigests: ["d1"],
  lockFile: "lock",
  cliConfig: undefined,
};

function stampWith(change: Partial<InitParts>): string {
  return initStamp({ ...PARTS, ...change });
}

test("is the same while nothing that init reads has changed, in any order of keys", () => {
  const root = {
    output: { b: { value: 2 } },
    resource: { null_resource: {} },
    module: { raw: { bucket: "two", source: "../modules/raw" } },
    terraform: {
      required_providers: { aws: { source: "hashicorp/aws" } },
      backend: { s3: { key: "k", bucket: "b" } },
    },
  };
  expect(stampWith({ root })).toBe(initStamp(PARTS));
});

test("changes with each thing that init reads", () => {
  const stamps = [
    initStamp(PARTS),
    stampWith({ binary: { version: "1.12.0", flavour: "terraform" } }),
    stampWith({ binary: { version: "1.11.4", flavour: "opentofu" } }),
    stampWith({
      root: { ...(PARTS.root as object), terraform: { backend: { s3: { bucket: "other", key: "k" } } } },
    }),
    stampWith({ root: { ...(PARTS.root as object), module: { raw: { source: "../modules/other" } } } }),
    stampWith({ moduleDigests: ["d2"] }),
    stampWith({ lockFile: "other" }),
    stampWith({ lockFile: undefined }),
    stampWith({ cliConfig: "mirror" }),
  ];
  expect(new Set(stamps).size).toBe(stamps.length);
});

test("holds for a data folder only while all that init put there is there", () => {
  const folder = mkdtempSync(join(tmpdir(), "platc-init-"));
  const data = join(folder, "data");
  try {
    expect(isInitCurrent(data, "s")).toBe(false);
    writeInitStamp(data, "s");
    expect(isInitCurrent(data, "s")).toBe(true);
    expect(isInitCurrent(data, "t")).toBe(false);

    const version = join(data, "providers/registry.terraform.io/hashicorp/aws/5.100.0");
    mkdirSync(version, { recursive: true });
    mkdirSync(join(folder, "mirror"));
    symlinkSync(join(folder, "mirror"), join(version, "linux_amd64"));
    expect(isInitCurrent(data, "s")).toBe(true);
    rmSync(join(folder, "mirror"), { recursive: true });
    expect(isInitCurrent(data, "s")).toBe(false);

    rmSync(join(data, "providers"), { recursive: true });
    removeInitStamp(data);
    expect(isInitCurrent(data, "s")).toBe(false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
