import { expect, test } from "vitest";
import { pgCreationLock } from "../../../src/stores/pg-creation-lock.ts";

test("FNV-1 of the schema and the table, below zero", () => {
  // Of no byte at all the sum is its basis; one zero byte in between multiplies it once.
  expect(pgCreationLock("", "")).toBe(String(-(Math.imul(0x811c9dc5, 0x01000193) >>> 0)));
  expect(pgCreationLock("a")).not.toBe(pgCreationLock("b"));
});
