import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../../src/text/json.ts";
import { wideJson } from "../../../src/text/wide-json.ts";

test("what fits on a line stands on one", () => {
  const long = "x".repeat(60);
  expect(wideJson({ a: { b: [1, null] }, c: [long, long], d: {} })).toBe(
    `{\n "a": {"b":[1,null]},\n "c": [\n  "${long}",\n  "${long}"\n ],\n "d": {}\n}`,
  );
  expect(wideJson(12345678901234567890n)).toBe("12345678901234567000");
});

test("it is the same value", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(wideJson(value as Json))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
