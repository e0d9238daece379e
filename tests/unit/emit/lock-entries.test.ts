import { expect, test } from "vitest";
import {
  lockableSources,
  lockEntries,
  lockOfFlavour,
  ofLockable,
  writeLock,
} from "../../../src/emit/lock-entries.ts";

const AWS = "registry.terraform.io/hashicorp/aws";
const AWS_OF_TOFU = "registry.opentofu.org/hashicorp/aws";
const OWN = "registry.terraform.io/acme/own";
const entry = (source: string): string => `provider "${source}" {\n  version = "1.0.0"\n}\n`;
const lockOf = (...sources: readonly string[]): string =>
  writeLock(new Map(sources.map((source) => [source, entry(source)])), sources) ?? "";

test("each flavour gets its own of two entries for the same provider", () => {
  const both = lockOf(AWS, AWS_OF_TOFU, "example.com/a/b");
  expect([...lockEntries(lockOfFlavour(both, "terraform")).keys()]).toEqual(["example.com/a/b", AWS]);
  expect([...lockEntries(lockOfFlavour(both, "opentofu")).keys()]).toEqual(["example.com/a/b", AWS_OF_TOFU]);
});

test("an entry for the other flavour stays where the state still names it", () => {
  const both = lockOf(AWS, AWS_OF_TOFU);
  expect(lockOfFlavour(both, "terraform", new Set([AWS_OF_TOFU]))).toBe(both);
});

test("a lock without twins stays as it is, byte for byte", () => {
  const text = `# by hand\n${lockOf(AWS, OWN)}`;
  expect(lockOfFlavour(text, "opentofu")).toBe(text);
  expect(lockOfFlavour("", "terraform")).toBe("");
});

test("a source with a host is locked under that host alone", () => {
  expect(lockableSources("hashicorp/aws")).toEqual([AWS, AWS_OF_TOFU]);
  expect(lockableSources(OWN)).toEqual([OWN]);
});

test("a flavour takes its own entry before the other's, and the other's before none", () => {
  const locked = new Map([
    [AWS, "1.0.0"],
    [AWS_OF_TOFU, "2.0.0"],
  ]);
  expect(ofLockable(locked, "hashicorp/aws", "terraform")).toBe("1.0.0");
  expect(ofLockable(locked, "hashicorp/aws", "opentofu")).toBe("2.0.0");
  locked.delete(AWS_OF_TOFU);
  expect(ofLockable(locked, "hashicorp/aws", "opentofu")).toBe("1.0.0");
  expect(ofLockable(locked, OWN, "opentofu")).toBeUndefined();
});
