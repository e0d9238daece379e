import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { COMMON_PLATFORMS } from "../../../src/terraform/lock-platforms.ts";
import { findLockSources } from "../../../src/terraform/lock-sources.ts";
import { listMirroredProviders, type ProviderMirror } from "../../../src/terraform/provider-mirror.ts";

const AWS = "registry.terraform.io/hashicorp/aws";
const RANDOM = "registry.terraform.io/hashicorp/random";
const aws = { source: AWS, constraints: ["~> 5.0"] };
const random = { source: RANDOM, constraints: [] };
let path: string;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "platc-mirror-"));
});

afterEach(() => rmSync(path, { recursive: true }));

function mirror(...packages: readonly string[]): ProviderMirror {
  for (const name of packages) {
    mkdirSync(join(path, AWS), { recursive: true });
    writeFileSync(join(path, AWS, `terraform-provider-aws_${name}.zip`), "");
  }
  return { path, origin: "setting", providers: listMirroredProviders(path, "linux_amd64") };
}

test("without mirrors, all from the registry for all common platforms", () => {
  expect(findLockSources({ providers: [aws, random], mirrors: [] })).toEqual({
    status: "ok",
    sources: [{ providers: [AWS, RANDOM], platforms: COMMON_PLATFORMS }],
    notes: [],
  });
});

test("what a mirror holds is locked from it, for the platforms that it has, and a note says so", () => {
  const mirrors = [mirror("5.1.0_linux_amd64", "5.1.0_darwin_arm64")];
  const found = findLockSources({ providers: [aws, random], mirrors });
  expect(found).toMatchObject({
    sources: [
      { mirror: path, providers: [AWS], platforms: ["linux_amd64", "darwin_arm64"] },
      { providers: [RANDOM], platforms: COMMON_PLATFORMS },
    ],
    notes: [
      {
        message: `${AWS} is locked for linux_amd64, darwin_arm64 alone, which is what the mirror '${path}' holds`,
      },
    ],
  });
});

test("a mirror that holds no fitting version is passed by", () => {
  const mirrors = [mirror("5.1.0_linux_amd64")];
  const sixth = { source: AWS, constraints: ["~> 6.0"] };
  const registry = [{ providers: [AWS], platforms: COMMON_PLATFORMS }];
  expect(findLockSources({ providers: [sixth], mirrors })).toMatchObject({ sources: registry });
  const lockText = `provider "${AWS}" {\n  version = "5.0.0"\n}\n`;
  expect(findLockSources({ providers: [aws], mirrors, lockText })).toMatchObject({ sources: registry });
});

test("a platform that is asked for and that the mirror lacks is refused", () => {
  const mirrors = [mirror("5.1.0_linux_amd64")];
  expect(findLockSources({ providers: [aws], mirrors, platforms: ["darwin_arm64"] })).toMatchObject({
    status: "failed",
    message: `The mirror '${path}' holds no '${AWS}' for darwin_arm64`,
  });
  const byTofu = { providers: [aws], mirrors, platforms: ["darwin_arm64"], flavour: "opentofu" } as const;
  expect(findLockSources(byTofu)).toMatchObject({
    hint: expect.stringContaining("'tofu providers mirror'") as unknown,
  });
  expect(findLockSources({ providers: [aws], mirrors, platforms: ["linux_amd64"] })).toMatchObject({
    sources: [{ mirror: path, platforms: ["linux_amd64"] }],
  });
});
