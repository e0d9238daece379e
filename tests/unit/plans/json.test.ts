import fc from "fast-check";
import { expect, test } from "vitest";
import { type Json, isJsonList, isJsonMap, isJsonNumber, parseJson } from "../../../src/plans/json.ts";
import { recordedText } from "./recordings.ts";

/** The tree as JSON.parse would have it. */
function plain(json: Json): unknown {
  if (isJsonNumber(json)) return Number(json.digits);
  if (isJsonList(json)) return json.map(plain);
  return isJsonMap(json) ? Object.fromEntries([...json].map(([key, value]) => [key, plain(value)])) : json;
}

test("any JSON is read as JSON.parse reads it, but for the digits", () => {
  fc.assert(
    fc.property(fc.json({ stringUnit: "binary" }), (text) => {
      expect(plain(parseJson(text))).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
  for (const name of ["pairs/ovl2", "recorded/varied"]) {
    expect(plain(parseJson(recordedText(name)))).toEqual(JSON.parse(recordedText(name)));
  }
});

test("numbers, digits in strings and special keys", () => {
  const text = String.raw`[-0, 1e400, 12345678901234567890.10, "12", "\"34\\", "\u0000", "__proto__", "\"__proto__"]`;
  const number = (digits: string): Json => ({ digits });
  expect(parseJson(text)).toEqual([
    number("-0"),
    number("1e400"),
    number("12345678901234567890.10"),
    "12",
    '"34\\',
    "\u0000",
    "__proto__",
    '"__proto__',
  ]);
  expect(parseJson(String.raw`{"__proto__": 1, "constructor": 2}`)).toEqual(
    new Map([
      ["__proto__", number("1")],
      ["constructor", number("2")],
    ]),
  );
});

test.each(["", "{", "[01]", "[1.]", "[-]", "[+1]", "[1 2]", "{1: 2}", '["a\nb"]', "nul"])(
  "%j is refused",
  (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  },
);

test("a string of megabytes full of escapes", () => {
  const long = '\\"{}'.repeat(1_000_000);
  expect(parseJson(JSON.stringify({ long }))).toEqual(new Map([["long", long]]));
});
