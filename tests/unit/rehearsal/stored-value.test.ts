import fc from "fast-check";
import { expect, test } from "vitest";
import type { CtyType } from "../../../src/provider/provider-schema.ts";
import { UNKNOWN } from "../../../src/provider/value.ts";
import { restoreValue, storeValue } from "../../../src/rehearsal/stored-value.ts";
import { typedValue } from "./typed-values.ts";

test("any known value of any type comes back from JSON", () => {
  fc.assert(
    fc.property(typedValue({ withUnknown: false }), ({ type, value }) => {
      const text = JSON.stringify(storeValue(value));
      expect(restoreValue(type, JSON.parse(text) as unknown)).toEqual(value);
    }),
    { numRuns: 1_000 },
  );
});

test("an unknown value is not stored", () => {
  expect(() => storeValue({ a: [UNKNOWN] })).toThrow("this is a bug in platc");
});

test.each<[CtyType, unknown]>([
  [["object", { a: "string" }], {}],
  [["object", { a: "string" }], { a: "x", b: "y" }],
  [["object", { a: "string" }], { b: "y" }],
  [["list", "string"], { a: "x" }],
  [["set", "bool"], ["x"]],
  [
    ["tuple", ["string"]],
    ["x", "y"],
  ],
  ["string", 1],
  ["dynamic", 1],
])("of type %j, what another version stored as %j is not restored", (type, stored) => {
  expect(restoreValue(type, stored)).toBeUndefined();
});
