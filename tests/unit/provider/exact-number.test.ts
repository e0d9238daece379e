import fc from "fast-check";
import { expect, test } from "vitest";
import { decimalText, exactDouble, parseExactNumber } from "../../../src/provider/exact-number.ts";

test.each<[string, number | bigint | string]>([
  ["0", 0],
  ["-0.0", 0],
  ["007", 7],
  ["1e3", 1000],
  ["1.5e-3", 0.0015],
  ["12.3400e1", 123.4],
  ["9007199254740993", 9007199254740993n],
  ["0.10000000000000000001", "0.10000000000000000001"],
  ["-123456789012345678.5", "-123456789012345678.5"],
  ["1e30", 10n ** 30n],
])("%s", (text, value) => {
  expect(parseExactNumber(text)).toBe(value);
});

test.each(["", "x", "1.", ".5", "0x10", "1e999999999"])("'%s' is refused", (text) => {
  expect(() => parseExactNumber(text)).toThrow();
});

test("a number is the same after writing and reading", () => {
  const digits = fc.tuple(fc.bigInt(), fc.integer({ min: -40, max: 40 }));
  fc.assert(
    fc.property(digits, ([whole, exponent]) => {
      const value = parseExactNumber(`${whole}e${exponent}`);
      expect(parseExactNumber(decimalText(value))).toBe(value);
    }),
  );
});

test("a double is itself to its last digit", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (double) => {
      expect(Number(decimalText(exactDouble(double)))).toBe(double === 0 ? 0 : double);
    }),
  );
});
