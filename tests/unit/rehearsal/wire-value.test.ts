import { decode, encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { CtyType } from "../../../src/provider/provider-schema.ts";
import { DynamicRecord, UNKNOWN } from "../../../src/provider/value.ts";
import { decodeValue, encodeValue } from "../../../src/rehearsal/wire-value.ts";
import { typedValue } from "./typed-values.ts";

test("any value of any type comes back from the wire", () => {
  fc.assert(
    fc.property(typedValue({ withUnknown: true }), ({ type, value }) => {
      expect(decodeValue(type, encodeValue(type, value))).toEqual(value);
    }),
    { numRuns: 1_000 },
  );
});

test("unknown is extension 0 on the way out, and 0 or 12 on the way in", () => {
  expect([...encodeValue("string", UNKNOWN)]).toEqual([0xd4, 0, 0]);
  for (const kind of [0, 12])
    expect(decodeValue("string", encode(new ExtData(kind, Uint8Array.of(0x81, 1, 0xc2))))).toBe(UNKNOWN);
});

test("a dynamic value is a pair of its type, as JSON bytes, and itself", () => {
  const type: CtyType = ["tuple", ["string", "number"]];
  const bytes = encodeValue("dynamic", new DynamicRecord(type, ["a", 1]));
  expect(decode(bytes)).toEqual([new Uint8Array(Buffer.from('["tuple",["string","number"]]')), ["a", 1]]);
});

test.each<[number | bigint | string, unknown]>([
  [3, 3],
  [-0, 0],
  [0.5, "0.5"],
  [1e-7, "0.0000001"],
  [2 ** 53, 2n ** 53n],
  [2n ** 64n - 1n, 2n ** 64n - 1n],
  [2n ** 64n, "18446744073709551616"],
  [-(2n ** 63n) - 1n, "-9223372036854775809"],
  ["3.14159265358979323846264338327950288", "3.14159265358979323846264338327950288"],
])("the number %s goes as %s", (value, sent) => {
  expect(decode(encodeValue("number", value), { useBigInt64: true })).toBe(sent);
});

test.each<[unknown, number | bigint | string]>([
  [0.5, 0.5],
  [0.1, "0.1000000000000000055511151231257827021181583404541015625"],
  ["0.1", 0.1],
  [2 ** 70, 2n ** 70n],
  ["1.50", 1.5],
  [7n, 7],
])("the number %s on the wire is %s", (sent, value) => {
  expect(decodeValue("number", encode(sent, { useBigInt64: true }))).toBe(value);
});

test("an attribute that a value lacks goes as null, and one that the type lacks does not go", () => {
  const type: CtyType = ["object", { a: "string", b: "bool" }];
  expect(decode(encodeValue(type, { a: "x", c: "y" }))).toEqual({ a: "x", b: null });
});

test.each<[CtyType, Parameters<typeof encodeValue>[1]]>([
  ["string", 1],
  ["bool", "true"],
  ["dynamic", "bare"],
  [["list", "string"], { a: "b" }],
  [["map", "string"], ["b"]],
  [
    ["tuple", ["string"]],
    ["a", "b"],
  ],
])("a value that is not of type %j is a bug in platc", (type, value) => {
  expect(() => encodeValue(type, value)).toThrow("this is a bug in platc");
});
