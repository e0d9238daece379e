import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { dbtFiles } from "../../../src/generate/dbt.ts";
import { type EnvironmentSuite, environmentSuites } from "../../../src/generate/environment-suites.ts";
import { greatExpectationsFiles } from "../../../src/generate/great-expectations.ts";
import type { Expectation } from "../../../src/quality/expectation.ts";
import { platformOf } from "../compile-text.ts";

const suiteOf = (
  expectations: readonly Expectation[],
  place: Partial<EnvironmentSuite> = {},
): EnvironmentSuite => ({
  suite: { name: "daily-trips", expectations },
  dialect: "duckdb",
  schema: undefined,
  table: undefined,
  ...place,
});
const NOT_NULL = "expect_column_values_to_not_be_null";

describe("Great Expectations", () => {
  test("a suite is a file under its name, with the arguments as they were written", () => {
    const expectations = [
      { name: NOT_NULL, arguments: { column: "id", mostly: 0.9 } },
      { name: "expect_column_values_to_match_regex", arguments: { column: "a", regex: "^${x}\\d{{2}}$" } },
    ];
    const [file, ...others] = greatExpectationsFiles([suiteOf(expectations)]);
    expect([file?.path, others]).toEqual(["daily-trips.json", []]);
    expect(JSON.parse(String(file?.content))).toEqual({
      name: "daily-trips",
      expectations: [
        { type: NOT_NULL, kwargs: { column: "id", mostly: 0.9 }, meta: {} },
        {
          type: "expect_column_values_to_match_regex",
          kwargs: { column: "a", regex: "^${x}\\d{{2}}$" },
          meta: {},
        },
      ],
      meta: {},
    });
  });
});

interface DbtSources {
  readonly sources: readonly {
    readonly name: string;
    readonly schema: string;
    readonly tables: readonly {
      readonly name: string;
      readonly identifier: string;
      readonly data_tests: readonly Readonly<
        Record<string, { readonly name: string; readonly arguments: Readonly<Record<string, unknown>> }>
      >[];
    }[];
  }[];
}

function sourcesOf(suites: readonly EnvironmentSuite[]): DbtSources["sources"] {
  const file = dbtFiles("my-lab", suites).find(({ path }) => path === "models/quality.yml");
  return (parse(String(file?.content)) as DbtSources).sources;
}

describe("dbt", () => {
  test("is a project with its macros, named by signs that dbt takes", () => {
    const files = dbtFiles("my-lab", []);
    expect(files.map(({ path }) => path)).toEqual([
      "dbt_project.yml",
      "models/quality.yml",
      "tests/generic/platc_rows.sql",
      "tests/generic/platc_value.sql",
      "tests/generic/platc_columns.sql",
    ]);
    expect(parse(String(files[0]?.content))).toMatchObject({ name: "my_lab", profile: "my_lab" });
  });

  test("a suite is a source: the table of PostgreSQL, or one of DuckDB under the suite's name", () => {
    const [duckdb, postgres, placed] = sourcesOf([
      suiteOf([]),
      suiteOf([], { dialect: "postgres" }),
      suiteOf([], { dialect: "postgres", schema: "Mart", table: "d trips" }),
    ]);
    expect(duckdb).toMatchObject({
      name: "daily_trips",
      schema: "main",
      tables: [{ identifier: "daily_trips" }],
    });
    expect(postgres).toMatchObject({ schema: "public", tables: [{ identifier: "daily_trips" }] });
    expect(placed).toMatchObject({ schema: "Mart", tables: [{ identifier: "d trips" }] });
  });

  test("its own tests stand where they decide the same, platc's everywhere else", () => {
    const [source] = sourcesOf([
      suiteOf([
        { name: NOT_NULL, arguments: { column: "id" } },
        { name: "expect_column_values_to_be_unique", arguments: { column: "id" } },
        { name: NOT_NULL, arguments: { column: "id", mostly: 0.5 } },
        { name: NOT_NULL, arguments: { column: "Id" } },
        { name: "expect_table_row_count_to_equal", arguments: { value: 3 } },
        { name: "expect_column_to_exist", arguments: { column: "id" } },
      ]),
    ]);
    const tests = source!.tables[0]!.data_tests.flatMap((one) => Object.entries(one));
    expect(tests.map(([kind, { name }]) => [kind, name])).toEqual([
      ["not_null", `daily_trips_01_${NOT_NULL}`],
      ["unique", "daily_trips_02_expect_column_values_to_be_unique"],
      ["platc_rows", `daily_trips_03_${NOT_NULL}`],
      ["platc_rows", `daily_trips_04_${NOT_NULL}`],
      ["platc_value", "daily_trips_05_expect_table_row_count_to_equal"],
      ["platc_columns", "daily_trips_06_expect_column_to_exist"],
    ]);
    expect(tests[0]![1].arguments).toEqual({ column_name: "id" });
    expect(tests[2]![1].arguments).toMatchObject({
      mostly: 0.5,
      sql: expect.stringContaining("__table__") as string,
    });
    expect(tests[3]![1].arguments["sql"]).toContain('"Id"');
    expect(tests[5]![1].arguments).toMatchObject({ required: ["id"], is_exact: false });
  });

  test("what is written in a suite opens no expression of Jinja", () => {
    const expectations = [
      {
        name: "expect_column_values_to_be_in_set",
        arguments: { column: "a", value_set: ["{{ x }}", "{% y %}"] },
      },
    ];
    const [source] = sourcesOf([suiteOf(expectations)]);
    expect(JSON.stringify(source)).not.toMatch(/\{[{%#]/);
    const named = [{ name: NOT_NULL, arguments: { column: "{{ x }}" } }];
    expect(() => dbtFiles("lab", [suiteOf(named)])).toThrow("as an expression");
  });
});

describe("the suites of an environment", () => {
  const SPEC = `
environments: { dev: {}, prod: {} }
variables: { table: {} }
vars: { most: 0.5 }
quality:
  trips: { expectations: [{ ${NOT_NULL}: { column: id, mostly: "{{vars.most}}" } }] }
  idle: { expectations: [{ expect_column_to_exist: { column: id } }] }
stacks:
  data:
    module: plain/any
    checks:
      files: { quality: { suite: trips, s3: { bucket: lab, key: "*.csv" } } }
      again: { quality: { suite: trips, s3: { bucket: lab, key: "b/*.csv" } } }
      table: { quality: { suite: trips, postgres: { host: localhost }, table: trips } }
  more:
    environments: [prod]
    module: plain/any
    checks:
      unknown: { quality: { suite: trips, postgres: { host: localhost }, table: "{{outputs.data.value}}" } }
`;

  test("are each place of data once, with everything known, and a longer name for another place", async () => {
    const { stacks } = await platformOf(SPEC);
    const { suites, unknown } = environmentSuites(stacks, "dev");
    expect(unknown).toEqual([]);
    expect(suites.map(({ suite, dialect, table }) => [suite.name, dialect, table])).toEqual([
      ["trips", "duckdb", undefined],
      ["trips-dev-data-table", "postgres", "trips"],
    ]);
    expect(suites[0]?.suite.expectations).toEqual([
      { name: "expect_table_row_count_to_be_between", arguments: { min_value: 1 } },
      { name: NOT_NULL, arguments: { column: "id", mostly: 0.5 } },
    ]);
  });

  test("name the checks that are not known before an apply, and are none where nothing is checked", async () => {
    const { stacks } = await platformOf(SPEC);
    expect(environmentSuites(stacks, "prod").unknown).toEqual(["prod/more unknown"]);
    expect(environmentSuites(stacks, "other")).toEqual({ suites: [], unknown: [] });
  });
});
