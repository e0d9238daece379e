import { expect, test } from "vitest";
import { parseFaults } from "../../../src/cli/parse-faults.ts";

const ADDRESSES = ["dev/raw", "dev/acme/hive"];

test("a stack alone is its first create", () => {
  expect(parseFaults({ fail: ["dev/raw"] }, ADDRESSES)).toEqual([
    { operation: "create", stack: "dev/raw", nth: 1, action: "fail" },
  ]);
});

test("a number says which, a word what", () => {
  const faults = parseFaults(
    {
      fail: ["dev/acme/hive:2"],
      crash: ["dev/raw:update:3"],
      slow: ["dev/raw:delete=500ms", "dev/raw:2=2m"],
    },
    ADDRESSES,
  );
  expect(faults).toEqual([
    { operation: "create", stack: "dev/acme/hive", nth: 2, action: "fail" },
    { operation: "update", stack: "dev/raw", nth: 3, action: "crash" },
    { operation: "delete", stack: "dev/raw", nth: 1, action: { slowMs: 500 } },
    { operation: "create", stack: "dev/raw", nth: 2, action: { slowMs: 120_000 } },
  ]);
});

test.each([
  [{ fail: ["dev/rwa"] }, "--fail names 'dev/rwa', which is no stack of this rehearsal"],
  [{ crash: ["dev/raw:0"] }, "--crash cannot read 'dev/raw:0'"],
  [{ fail: ["dev/raw:make:1"] }, "--fail cannot read 'dev/raw:make:1'"],
  [{ slow: ["dev/raw=soon"] }, "--slow cannot read 'dev/raw=soon'"],
])("%j is refused", (flags, message) => {
  expect(() => parseFaults(flags, ADDRESSES)).toThrow(message);
});

test.each([
  ["dev/rwa", "did you mean 'dev/raw'? Write it as "],
  ["dev/hive:2", "did you mean 'dev/acme/hive'? Write it as "],
  ["staging", "Write it as "],
])("--fail %s has a hint", (fail, hint) => {
  expect(() => parseFaults({ fail: [fail] }, ADDRESSES)).toThrow(
    expect.objectContaining({
      hint: expect.stringMatching(new RegExp(`^${hint.replace("?", "\\?")}`)) as string,
    }),
  );
});
