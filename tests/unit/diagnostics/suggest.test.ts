import fc from "fast-check";
import { expect, test } from "vitest";
import { suggest } from "../../../src/diagnostics/suggest.ts";

test.each<[string, string[], string | undefined]>([
  ["aproval", ["after", "approval", "optional"], "approval"],
  ["versoining", ["versioning", "version"], "versioning"],
  ["retentionDays", ["retention_days", "retention"], "retention_days"],
  ["retention-days", ["retention_days"], "retention_days"],
  ["RAW", ["raw", "row"], "raw"],
  ["ret", ["retention_days", "bucket"], "retention_days"],
  ["bucket_nam", ["bucket_name", "bucket_arn"], "bucket_name"],
  ["cat", ["bat", "cab"], "cab"],
  ["stg", ["dev", "prod"], undefined],
  ["a", ["b", "c"], undefined],
  ["x", [], undefined],
  ["raw", ["raw"], undefined],
  ["environment", ["production"], undefined],
  ["node", ["nod1", "nod2", "nod3", "nod4"], "nod1"],
  ["node", ["nod5", "nod4", "nod3", "nod2", "nod1"], undefined],
])("%s of %j is %s", (word, candidates, expected) => {
  expect(suggest(word, candidates)).toBe(expected);
});

test("the order of the candidates does not matter", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("a", "b", "-"), maxLength: 6 }),
      fc.array(fc.string({ unit: fc.constantFrom("a", "b", "_"), maxLength: 6 })),
      (word, candidates) => {
        expect(suggest(word, candidates)).toBe(suggest(word, candidates.toReversed()));
      },
    ),
  );
});
