import { expect, test } from "vitest";
import { byVersion } from "../../../src/text/version.ts";

test("versions are ordered by their numbers, a prerelease before its release, and what is none first", () => {
  const ordered = ["none", "1.9.0", "1.10", "2.0.0-beta1", "2.0.0", "10.0.0"];
  expect([...ordered].reverse().sort(byVersion)).toEqual(ordered);
  expect(byVersion("1.10", "1.10.0")).toBe(0);
});
