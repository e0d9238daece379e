import { stringify } from "yaml";
import type { OutputFile } from "../emit/emit-platform.ts";
import { DUCKDB, POSTGRES } from "../quality/dialect.ts";
import { columnsOf, type Expectation } from "../quality/expectation.ts";
import { EXPECTATION_KINDS } from "../quality/expectation-kinds.ts";
import { invariant } from "../diagnostics/invariant.ts";
import type { EnvironmentSuite } from "./environment-suites.ts";
import { DBT_MACROS } from "./dbt-macros.ts";
import { withoutJinja } from "./without-jinja.ts";

/** Stands for the table in a question until dbt puts it there. */
const TABLE = "__table__";

/** A dbt project of tests over the tables of suites as sources: dbt's own tests where they say the same, else platc's. */
export function dbtFiles(platform: string, suites: readonly EnvironmentSuite[]): readonly OutputFile[] {
  const name = identifier(platform);
  const project = {
    ...{ name, version: "1.0.0", "config-version": 2, profile: name },
    ...{ "model-paths": ["models"], "test-paths": ["tests"], flags: { send_anonymous_usage_stats: false } },
  };
  const sources = { version: 2, sources: suites.map(sourceOf) };
  return [
    { path: "dbt_project.yml", content: stringify(project) },
    {
      path: "models/quality.yml",
      content: stringify(sources, { lineWidth: 0, aliasDuplicateObjects: false }),
    },
    ...Object.entries(DBT_MACROS).map(([macro, content]) => ({
      path: `tests/generic/${macro}.sql`,
      content,
    })),
  ];
}

/** A source for each suite: each may be in a schema of its own. */
function sourceOf(found: EnvironmentSuite): object {
  const { suite, schema, dialect, table } = found;
  const tests = suite.expectations.map((expectation, index) => {
    const name = `${identifier(suite.name)}_${String(index + 1).padStart(2, "0")}_${expectation.name}`;
    return testOf(expectation, name, dialect === "postgres" ? POSTGRES : DUCKDB);
  });
  return {
    name: identifier(suite.name),
    schema: schema ?? (dialect === "postgres" ? "public" : "main"),
    quoting: { schema: true, identifier: true },
    tables: [
      { name: identifier(suite.name), identifier: table ?? identifier(suite.name), data_tests: tests },
    ],
  };
}

function testOf(expectation: Expectation, name: string, dialect: typeof POSTGRES): object {
  const own = ownTest(expectation);
  if (own !== undefined) return { [own.test]: { name, arguments: own.arguments } };
  const kind = EXPECTATION_KINDS.get(expectation.name);
  invariant(kind !== undefined, "an expectation is of a known kind");
  const question = kind.ask(expectation.arguments, dialect);
  if (question.kind === "columns") {
    const { required, isExact, least, most } = question;
    return { platc_columns: { name, arguments: { required, is_exact: isExact, least, most } } };
  }
  const sql = withoutJinja(question.sql(TABLE));
  if (question.kind === "value") return { platc_value: { name, arguments: { sql } } };
  const { mostly = 1 } = expectation.arguments;
  return { platc_rows: { name, arguments: { sql, mostly } } };
}

/** What dbt can do by itself with the same verdict: only plain names, since it does not quote them. */
function ownTest(
  expectation: Expectation,
): { readonly test: string; readonly arguments: object } | undefined {
  const { column = "", mostly = 1 } = expectation.arguments;
  if (mostly !== 1 || !columnsOf(expectation).every((name) => /^[a-z_][a-z0-9_]*$/.test(name)))
    return undefined;
  if (expectation.name === "expect_column_values_to_not_be_null")
    return { test: "not_null", arguments: { column_name: column } };
  if (expectation.name === "expect_column_values_to_be_unique")
    return { test: "unique", arguments: { column_name: column } };
  return undefined;
}

function identifier(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9_]/g, "_");
}
