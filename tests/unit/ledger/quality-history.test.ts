import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { EntryContent } from "../../../src/ledger/entry.ts";
import { LedgerError } from "../../../src/ledger/ledger-error.ts";
import { openLedger } from "../../../src/ledger/ledger.ts";
import type { QualityEntry } from "../../../src/ledger/quality-entry.ts";
import { openLocalStore } from "../../../src/stores/local-store.ts";
import { renderQualityHistory } from "../../../src/reports/render-quality-history.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "platc-ledger-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const run = (number: number, unexpected = 0, address = "dev/data"): EntryContent<QualityEntry> => ({
  runId: `2026-01-${String(number).padStart(4, "0")}`,
  address,
  at: `2026-01-31T00:00:${String(number % 60).padStart(2, "0")}.000Z`,
  target: "emulator",
  results: [
    {
      check: "ratings",
      suite: "ratings",
      data: "s3://b/ratings.csv",
      rows: 10,
      verdicts: [
        { expectation: "expect_column_to_exist (id)", status: "passed" },
        {
          expectation: "expect_column_values_to_not_be_null (id)",
          status: unexpected === 0 ? "passed" : "failed",
          elements: 10,
          considered: 10,
          unexpected,
        },
      ],
    },
  ],
});

test("runs of a stack come back oldest first, those of a stack below it apart", async () => {
  const { quality } = openLedger(openLocalStore(folder), "t");
  for (const content of [run(2, 3), run(1), run(3, 0, "dev/data/more")]) await quality.record(content);
  expect((await quality.history("dev/data", 10)).map(({ runId }) => runId)).toEqual([
    "2026-01-0001",
    "2026-01-0002",
  ]);
  expect((await quality.history("dev/data", 1)).map(({ runId }) => runId)).toEqual(["2026-01-0002"]);
  expect(renderQualityHistory(await quality.history("dev/data", 10)))
    .toBe(`dev/data ratings: 'ratings' on s3://b/ratings.csv
  2026-01-31T00:00:01.000Z  passed  2 of 2 hold  10 rows  emulator
  2026-01-31T00:00:02.000Z  failed  1 of 2 hold  10 rows  emulator
    failed  expect_column_values_to_not_be_null (id)  3 of 10 unexpected
`);
  expect(renderQualityHistory(await quality.history("prod/data", 10))).toMatch(
    /^no check of data has run here/,
  );
});

test("the oldest runs are let go of", async () => {
  const { quality } = openLedger(openLocalStore(folder), "t");
  for (let number = 1; number <= 402; number++) await quality.record(run(number));
  const kept = await quality.history("dev/data", 1000);
  expect([kept.length, kept[0]?.runId]).toEqual([400, "2026-01-0003"]);
});

test("a damaged entry is told, with what it costs to delete it", async () => {
  const store = openLocalStore(folder);
  const { quality } = openLedger(store, "t");
  await store.write("t/.platc/quality/dev/data/r1.json", "{}");
  const refused = quality.history("dev/data", 10);
  await expect(refused).rejects.toThrow(LedgerError);
  await expect(refused).rejects.toMatchObject({
    hint: expect.stringContaining("what that run found is forgotten"),
  });
});
