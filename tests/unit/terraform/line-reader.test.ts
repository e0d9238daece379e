import fc from "fast-check";
import { expect, test } from "vitest";
import { lineReader } from "../../../src/terraform/line-reader.ts";

function linesOf(pieces: readonly Buffer[]): readonly string[] {
  const lines: string[] = [];
  const reader = lineReader((line) => lines.push(line));
  for (const piece of pieces) reader.push(piece);
  reader.end();
  return lines;
}

test("takes lines apart, the last one without a line end too", () => {
  expect(linesOf([Buffer.from("a\r\n\nb\nc")])).toEqual(["a", "", "b", "c"]);
  expect(linesOf([])).toEqual([]);
});

test("gives the same lines however the bytes are cut, inside a character too", () => {
  const text = fc
    .array(fc.constantFrom("a", "ü", "🎉", "\n", "한"), { maxLength: 40 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, fc.array(fc.nat(160)), (whole, cuts) => {
      const bytes = Buffer.from(whole);
      const at = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
      expect(linesOf(pieces)).toEqual(linesOf([bytes]));
    }),
  );
});

test("a line is handed over as soon as it is whole", () => {
  const lines: string[] = [];
  const reader = lineReader((line) => lines.push(line));
  reader.push(Buffer.from("one\ntw"));
  expect(lines).toEqual(["one"]);
  reader.push(Buffer.from("o\n"));
  expect(lines).toEqual(["one", "two"]);
});
