import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COLUMNS, EXPECTED, ROWS, VALUES } from "../e2e/quality-data.ts";
import { openScratchPostgres } from "../e2e/scratch-postgres.ts";
import { makeProject, type Project } from "../run/project.ts";
import { installTools } from "./install-tools.ts";

const postgres = await openScratchPostgres();
const noDatabase = typeof postgres === "string" ? ` (skipped: ${postgres})` : "";
const folder = mkdtempSync(join(tmpdir(), "platc-quality-slow-"));

/** The names and verdicts of all expectations, on the rows and without any, as platc has them: tested elsewhere. */
const ENTRIES = EXPECTED.map(([written, onRows, onNothing]) => {
  const [[type = "", kwargs = {}] = []] = Object.entries(written) as [string, object][];
  return { type, kwargs, onRows, onNothing };
});

const NO_COLUMN = 'expect_column_values_to_not_be_null [["column","ID"]]';

/** What others decide otherwise, and why. Everything else must be the same. */
const DIFFERENCES = {
  "Great Expectations": {
    onRows: {
      // With pandas it says of a column that is not there that it holds no null.
      [NO_COLUMN]: "passed",
      // pandas compares no text with a date.
      'expect_column_values_to_be_between [["column","day"],["min_value","2024-01-01"]]': "error",
      'expect_column_values_to_be_between [["column","day"],["min_value","2024-01-02"]]': "error",
    },
    onNothing: {
      [NO_COLUMN]: "passed",
      // The mean of no texts is not there; with one, it is a mistake.
      'expect_column_mean_to_be_between [["column","verdict"],["min_value",0]]': "failed",
    },
  },
  // DuckDB finds a column whatever the case of its name; platc looks at the name first, dbt cannot.
  "dbt in DuckDB": { onRows: { [NO_COLUMN]: "passed" }, onNothing: { [NO_COLUMN]: "passed" } },
  "dbt in PostgreSQL": { onRows: {}, onNothing: {} },
} as const;

/** The verdicts that a tool must have, by expectation. */
function due(
  tool: keyof typeof DIFFERENCES,
  which: "onRows" | "onNothing",
): Readonly<Record<string, string>> {
  const same = ENTRIES.map((entry) => [keyOf(entry.type, entry.kwargs), entry[which]]);
  return { ...Object.fromEntries(same), ...DIFFERENCES[tool][which] };
}

const SPEC = `version: 1
platform: lab
state: { backend: local }
environments: { dev: {} }
quality:
  files: ${JSON.stringify({ empty: "allowed", expectations: EXPECTED.map(([one]) => one) })}
  tables: ${JSON.stringify({ empty: "allowed", expectations: EXPECTED.map(([one]) => one) })}
stacks:
  data:
    module: local/keep
    checks:
      files: { quality: { suite: files, s3: { bucket: lab, key: "*.csv" } } }
      tables: { quality: { suite: tables, postgres: { host: localhost }, table: ratings } }
`;

let project: Project;

beforeAll(async () => {
  project = makeProject({ "platform.yaml": SPEC });
  for (const kind of ["great-expectations", "dbt"])
    expect(await project.show("generate", kind, "dev", "--out", join(folder, kind))).toMatchObject({
      code: 0,
    });
});
afterAll(async () => {
  project.remove(".");
  rmSync(folder, { recursive: true, force: true });
  if (typeof postgres !== "string") await postgres.close();
});

interface Judged {
  readonly type: string;
  readonly kwargs: object;
  readonly status: string;
}

function greatExpectations(rows: readonly (readonly unknown[])[]): readonly Judged[] {
  const data = join(folder, "data.json");
  const types = { id: "float64", email: "object", rating: "float64", day: "object", verdict: "object" };
  writeFileSync(data, JSON.stringify({ types, rows }));
  const python = join(installTools("great-expectations"), "python");
  const output = execFileSync(
    python,
    [join(import.meta.dirname, "run_suite.py"), join(folder, "great-expectations", "files.json"), data],
    {
      encoding: "utf8",
      env: { ...process.env, GX_ANALYTICS_ENABLED: "false" },
      stdio: ["ignore", "pipe", "ignore"],
    },
  );
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Judged[];
}

/** An expectation by all that it says, since results come in an order of their own. */
function keyOf(type: string, kwargs: object): string {
  const entries = Object.entries(kwargs).sort(([left], [right]) => (left < right ? -1 : 1));
  return `${type} ${JSON.stringify(entries)}`;
}

describe("Great Expectations", () => {
  test.each(["onRows", "onNothing"] as const)(
    "has the verdict of platc for each expectation: %s",
    (which) => {
      const theirs = greatExpectations(which === "onRows" ? ROWS : []);
      const verdicts = theirs.map(({ type, kwargs, status }) => [keyOf(type, kwargs), status]);
      expect(Object.fromEntries(verdicts)).toEqual(due("Great Expectations", which));
    },
  );
});

/** The verdict of each test of dbt; the number in its name says of which expectation it is. */
function dbt(source: string): Readonly<Record<string, string>> {
  const where = join(folder, "dbt");
  const program = join(installTools("dbt"), "dbt");
  const { stdout } = spawnSync(
    program,
    [
      "test",
      "--select",
      `source:${source}`,
      "--project-dir",
      where,
      "--profiles-dir",
      folder,
      "--target",
      source,
    ],
    { encoding: "utf8", cwd: where, env: { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: "false" } },
  );
  const text = readFileSync(join(where, "target", "run_results.json"), "utf8");
  const { results } = JSON.parse(text) as {
    readonly results: readonly { readonly unique_id: string; readonly status: string }[];
  };
  const numbered = results.map(({ unique_id, status }) => {
    const [, number = ""] = new RegExp(`\\.${source}_(\\d\\d)_`).exec(unique_id) ?? [];
    const { type, kwargs } = ENTRIES[Number(number) - 1]!;
    return [
      keyOf(type, kwargs),
      status === "pass" ? "passed" : status === "fail" ? "failed" : "error",
    ] as const;
  });
  expect(results.length, stdout).toBe(ENTRIES.length);
  return Object.fromEntries(numbered);
}

describe("dbt", () => {
  const database = join(folder, "lab.duckdb");

  beforeAll(() => {
    const login =
      typeof postgres === "string"
        ? { host: "none", port: 1, password: "none" }
        : { host: "127.0.0.1", port: postgres.port, password: postgres.password };
    const outputs = {
      files: { type: "duckdb", path: database, schema: "main" },
      tables: {
        type: "postgres",
        ...login,
        user: "postgres",
        dbname: "postgres",
        schema: "public",
        threads: 1,
      },
    };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "profiles.yml"), JSON.stringify({ lab: { target: "files", outputs } }));
  });

  const inDuckDb = async (values: string): Promise<void> => {
    const instance = await DuckDBInstance.create(database);
    const connection = await instance.connect();
    await connection.run(`CREATE OR REPLACE TABLE files (${COLUMNS})`);
    if (values !== "") await connection.run(`INSERT INTO files VALUES ${values}`);
    connection.closeSync();
    instance.closeSync();
  };

  test.each(["onRows", "onNothing"] as const)("has the verdict of platc in DuckDB: %s", async (which) => {
    await inDuckDb(which === "onRows" ? VALUES : "");
    expect(dbt("files")).toEqual(due("dbt in DuckDB", which));
  });

  test.skipIf(noDatabase !== "").each(["onRows", "onNothing"] as const)(
    `has the verdict of platc in PostgreSQL: %s${noDatabase}`,
    async (which) => {
      if (typeof postgres === "string") return;
      await postgres.run(`DROP TABLE IF EXISTS ratings; CREATE TABLE ratings (${COLUMNS})`);
      if (which === "onRows") await postgres.run(`INSERT INTO ratings VALUES ${VALUES}`);
      expect(dbt("tables")).toEqual(due("dbt in PostgreSQL", which));
    },
  );
});
