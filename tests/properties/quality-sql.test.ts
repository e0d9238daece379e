import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DUCKDB } from "../../src/quality/dialect.ts";
import type { ExpectationArguments } from "../../src/quality/expectation.ts";
import { EXPECTATION_KINDS } from "../../src/quality/expectation-kinds.ts";
import { quoteName, quoteValue, UnquotableError } from "../../src/quality/quote-sql.ts";

/** Any text that a database can hold, with what ends names and texts in SQL more often than chance has it. */
const text = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 3 }),
      fc.constantFrom("'", '"', "\\", "--", ";", "$$", "\n", "{{"),
    ),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join("").replaceAll("\0", ""));
const name = text.filter((one) => one !== "");

let instance: DuckDBInstance;
let connection: DuckDBConnection;

beforeAll(async () => {
  instance = await DuckDBInstance.create(":memory:");
  connection = await instance.connect();
});
afterAll(() => {
  connection.closeSync();
  instance.closeSync();
});

async function rowsOf(sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await connection.runAndReadAll(sql)).getRowsJson();
}

/** A table of one column of texts, asked by one expectation: elements, considered, unexpected; or holds. */
async function asked(
  kind: string,
  values: readonly (string | null)[],
  given: ExpectationArguments & { readonly column: string },
): Promise<readonly unknown[]> {
  await connection.run(`CREATE OR REPLACE TABLE data (${quoteName(given.column)} VARCHAR)`);
  if (values.length > 0)
    await connection.run(
      `INSERT INTO data VALUES ${values.map((value) => `(${value === null ? "NULL" : quoteValue(value)})`).join(", ")}`,
    );
  const question = EXPECTATION_KINDS.get(kind)!.ask(given, DUCKDB);
  if (question.kind === "columns") throw new Error("it asks no SQL");
  const [row = []] = await rowsOf(question.sql("data"));
  return question.kind === "rows" ? row.map(Number) : row.slice(0, 1);
}

const values = fc.array(fc.option(text), { maxLength: 12 });

test("a text is quoted so that a database reads the same text back", async () => {
  await fc.assert(
    fc.asyncProperty(text, async (value) => {
      expect(await rowsOf(`SELECT ${quoteValue(value)}`)).toEqual([[value]]);
    }),
    { numRuns: 300 },
  );
});

test("a name is quoted so that a table has a column of that name and no other", async () => {
  await fc.assert(
    fc.asyncProperty(name, async (column) => {
      await connection.run(`CREATE OR REPLACE TABLE named (${quoteName(column)} INTEGER)`);
      expect(await rowsOf("SELECT name FROM pragma_table_info('named')")).toEqual([[column]]);
    }),
    { numRuns: 200 },
  );
});

test("what no database can hold is refused, and not sent", () => {
  for (const value of ["a\0b", "\ud800", "x\udfff"]) {
    expect(() => quoteValue(value)).toThrow(UnquotableError);
    expect(() => quoteName(value)).toThrow(UnquotableError);
  }
  expect(() => quoteName("")).toThrow(UnquotableError);
  expect(() => quoteValue(Number.NaN)).toThrow(UnquotableError);
});

test("nulls are counted as nulls, and empty texts are not", async () => {
  await fc.assert(
    fc.asyncProperty(name, values, async (column, rows) => {
      const nulls = rows.filter((value) => value === null).length;
      expect(await asked("expect_column_values_to_not_be_null", rows, { column })).toEqual([
        rows.length,
        rows.length,
        nulls,
      ]);
      expect(await asked("expect_column_values_to_be_null", rows, { column })).toEqual([
        rows.length,
        rows.length,
        rows.length - nulls,
      ]);
    }),
    { numRuns: 100 },
  );
});

test("sets hold their members and nothing else, whatever the texts are", async () => {
  await fc.assert(
    fc.asyncProperty(
      name,
      values,
      fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
      async (column, rows, set) => {
        const there = rows.filter((value) => value !== null);
        const outside = there.filter((value) => !set.includes(value)).length;
        const given = { column, value_set: set };
        expect(await asked("expect_column_values_to_be_in_set", rows, given)).toEqual([
          rows.length,
          there.length,
          outside,
        ]);
        expect(await asked("expect_column_values_to_not_be_in_set", rows, given)).toEqual([
          rows.length,
          there.length,
          there.length - outside,
        ]);
        expect(await asked("expect_column_distinct_values_to_be_in_set", rows, given)).toEqual([
          outside === 0,
        ]);
        expect(await asked("expect_column_distinct_values_to_contain_set", rows, given)).toEqual([
          set.every((value) => there.includes(value)),
        ]);
      },
    ),
    { numRuns: 100 },
  );
});

test("of values that stand more than once, every one is unexpected", async () => {
  await fc.assert(
    fc.asyncProperty(name, fc.array(fc.option(fc.constantFrom("a", "b", "'", ""))), async (column, rows) => {
      const there = rows.filter((value) => value !== null);
      const repeated = there.filter((value) => there.indexOf(value) !== there.lastIndexOf(value)).length;
      expect(await asked("expect_column_values_to_be_unique", rows, { column })).toEqual([
        rows.length,
        there.length,
        repeated,
      ]);
    }),
    { numRuns: 100 },
  );
});

test("lengths count characters and not bytes", async () => {
  await fc.assert(
    fc.asyncProperty(name, fc.array(text, { maxLength: 6 }), async (column, rows) => {
      const longest = Math.max(0, ...rows.map((value) => [...value].length));
      const given = { column, min_value: 0, max_value: longest };
      expect(await asked("expect_column_value_lengths_to_be_between", rows, given)).toEqual([
        rows.length,
        rows.length,
        0,
      ]);
    }),
    { numRuns: 60 },
  );
});
