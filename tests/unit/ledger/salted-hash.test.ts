import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../../src/ledger/canonical-json.ts";
import { newRunId } from "../../../src/ledger/run-id.ts";
import { newSalt, saltedHash } from "../../../src/ledger/salted-hash.ts";
import { parseJson } from "../../../src/plans/json.ts";

const random = (count: number) => new Uint8Array(count).fill(0xab);

describe("saltedHash", () => {
  const hash = (json: string, salt = newSalt(random)) => saltedHash(parseJson(json), salt);

  test.each([
    ['{"a":1,"b":[1.50,null]}', '{"b":[1.5,null],"a":1.0}'],
    ['"\\u00fc"', '"u\\u0308"'],
    ["12345678901234567890", "1.234567890123456789e19"],
    ["0", "-0.0"],
  ])("is the same for %s and %s", (left, right) => {
    expect(hash(left)).toBe(hash(right));
  });

  test.each([
    ["1", '"1"'],
    ["12345678901234567890", "12345678901234567891"],
    ["[1,2]", "[2,1]"],
    ["null", '"null"'],
    ["{}", "[]"],
    ['{"__proto__":1}', "{}"],
    ['["a,b"]', '["a","b"]'],
  ])("differs for %s and %s", (left, right) => {
    expect(hash(left)).not.toBe(hash(right));
  });

  test("differs by salt", () => {
    expect(newSalt(random)).toBe("ab".repeat(16));
    expect(hash("1", "00")).not.toBe(hash("1", "01"));
  });
});

test("canonicalJson is JSON that reads back as the same value", () => {
  const json = parseJson('{"z":[true,1e400,-0.1],"a":"\\n\\"ü"}');
  expect(canonicalJson(json)).toBe('{"a":"\\n\\"ü","z":[true,1e400,-1e-1]}');
  expect(canonicalJson(parseJson(canonicalJson(json)))).toBe(canonicalJson(json));
});

test("newRunId sorts by time", () => {
  expect(newRunId(new Date("2026-01-31T04:04:25.123Z"), random)).toBe("20260131T040425Z-abababab");
});
