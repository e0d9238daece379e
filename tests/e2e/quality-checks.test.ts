import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CheckContext } from "../../src/checks/check-context.ts";
import type { CheckResult } from "../../src/checks/check-result.ts";
import { runCheck } from "../../src/checks/run-check.ts";
import { SUITE } from "../../src/stacks/read-checks.ts";
import { checkOf, NOTHING_KNOWN } from "../unit/checks/check-fixtures.ts";
import { findPythonWithMoto } from "./python-with-moto.ts";
import { COLUMNS, EXPECTED, VALUES } from "./quality-data.ts";
import { openScratchPostgres } from "./scratch-postgres.ts";

const python = findPythonWithMoto();
const noS3 = python ? "" : " (skipped: no python3 with moto[server] on PATH or in PLATC_PYTHON)";
const postgres = await openScratchPostgres();
const noDatabase = typeof postgres === "string" ? ` (skipped: ${postgres})` : "";
const folder = mkdtempSync(join(tmpdir(), "platc-quality-test-"));
const BUCKET = "ratings";
/** Where checks keep what they fetch: nothing may be left there. */
const scratch = mkdtempSync(join(tmpdir(), "platc-quality-scratch-"));
const { TMPDIR } = process.env;
process.env["TMPDIR"] = scratch;

let emulator: ChildProcess | undefined;
let context: CheckContext;

beforeAll(async () => {
  if (typeof postgres !== "string")
    await postgres.run(`
      CREATE TABLE full_table (${COLUMNS});
      INSERT INTO full_table VALUES ${VALUES};
      CREATE TABLE empty_table (${COLUMNS});
      CREATE SCHEMA "Odd ""one"; CREATE TABLE "Odd ""one"."ta'ble" ("colümn ""x""" INTEGER);
      INSERT INTO "Odd ""one"."ta'ble" VALUES (1);
      CREATE ROLE reader LOGIN PASSWORD 'reader-password';`);
  const environment = { HOME: "/nowhere", AWS_REGION: "eu-central-1", AWS_EC2_METADATA_DISABLED: "true" };
  context = { environment, specFolder: folder, target: "emulator" };
  if (!python) return;
  const { AWS_CA_BUNDLE: _dropped, ...env } = process.env;
  const place = resolve(import.meta.dirname, "../../src/targets/emulator");
  emulator = spawn(python, [place, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"], env });
  const [line] = (await once(createInterface({ input: emulator.stdout! }), "line")) as [string];
  const { endpoint } = JSON.parse(line) as { endpoint: string };
  const keys = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_ENDPOINT_URL: endpoint };
  context = { ...context, environment: { ...environment, ...keys } };
  await writeObjects(endpoint);
});
afterAll(async () => {
  emulator?.kill("SIGTERM");
  if (typeof postgres !== "string") await postgres.close();
  if (TMPDIR === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = TMPDIR;
  for (const one of [folder, scratch]) rmSync(one, { recursive: true });
});

async function writeObjects(endpoint: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  await connection.run(
    `CREATE TABLE f (${COLUMNS}); INSERT INTO f VALUES ${VALUES}; CREATE TABLE e (${COLUMNS})`,
  );
  const to = (name: string): string => `TO '${join(folder, name)}'`;
  await connection.run(`COPY f ${to("full.parquet")} (FORMAT parquet)`);
  await connection.run(`COPY e ${to("empty.parquet")} (FORMAT parquet)`);
  await connection.run(`COPY f ${to("full.csv")} (HEADER)`);
  await connection.run(`COPY (SELECT * FROM f WHERE id < 5) ${to("half-1.csv.gz")} (HEADER)`);
  await connection.run(`COPY (SELECT * FROM f WHERE id >= 5) ${to("half-2.csv.gz")} (HEADER)`);
  connection.closeSync();
  instance.closeSync();
  writeFileSync(join(folder, "zip.csv"), "zip,n\n01067,1\n10115,2\n");
  writeFileSync(join(folder, "one.csv"), 'only,n\n"",1\n,2\nx,3\n');
  writeFileSync(join(folder, "bad.parquet"), "this is no Parquet, and holds secret-value\n");
  const options = {
    endpoint,
    region: "eu-central-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  await s3.send(
    new CreateBucketCommand({
      Bucket: BUCKET,
      CreateBucketConfiguration: { LocationConstraint: "eu-central-1" },
    }),
  );
  for (const name of readdirSync(folder))
    await s3.send(
      new PutObjectCommand({ Bucket: BUCKET, Key: `in/${name}`, Body: readFileSync(join(folder, name)) }),
    );
  const secrets = new SecretsManagerClient(options);
  await secrets.send(
    new CreateSecretCommand({
      Name: "login",
      SecretString: JSON.stringify({ username: "reader", password: "reader-password" }),
    }),
  );
}

async function check(settings: object, suite: object, kind = "quality"): Promise<CheckResult> {
  const more = { timeoutSeconds: 30, attempts: 2 };
  const given = { suite: "ratings", ...settings, [SUITE]: suite };
  return runCheck(checkOf(kind, given, more), NOTHING_KNOWN, context);
}

const SUITE_OF_ALL = { empty: "allowed", expectations: EXPECTED.map(([expectation]) => expectation) };
const inS3 = (key: string, more: object = {}) => ({ s3: { bucket: BUCKET, key: `in/${key}`, ...more } });
const inDatabase = (table: string, more: object = {}) => ({
  postgres: {
    ...{ host: "127.0.0.1", port: (postgres as { port: number }).port, user: "postgres" },
    ...{ password: (postgres as { password: string }).password, ...more },
  },
  table,
});
const statuses = ({ quality }: CheckResult): readonly (readonly [object, string])[] =>
  EXPECTED.map(([expectation], at) => [expectation, quality?.verdicts[at]?.status ?? "none"]);
const onRows = EXPECTED.map(([expectation, status]) => [expectation, status]);
const onNothing = EXPECTED.map(([expectation, , status]) => [expectation, status]);

describe.skipIf(noDatabase !== "")(`PostgreSQL${noDatabase}`, () => {
  test("every expectation has its verdict", async () => {
    const result = await check(inDatabase("full_table"), SUITE_OF_ALL);
    expect(statuses(result)).toEqual(onRows);
    expect(result).toMatchObject({ status: "failed", attempts: 1, ranAs: "local process" });
  });

  test("every expectation has its verdict without a row", async () => {
    expect(statuses(await check(inDatabase("empty_table"), SUITE_OF_ALL))).toEqual(onNothing);
  });

  test("names of any characters are found, and are not SQL", async () => {
    const suite = { expectations: [{ expect_column_values_to_be_unique: { column: 'colümn "x"' } }] };
    const settings = { ...inDatabase("ta'ble"), schema: 'Odd "one' };
    expect(await check(settings, suite)).toMatchObject({
      status: "passed",
      message: "all 2 expectations of 'ratings' hold for 127.0.0.1/postgres/Odd \"one.ta'ble (1 row)",
    });
  });

  test("a table that is not there is told", async () => {
    const result = await check(inDatabase("full_tabel"), SUITE_OF_ALL);
    expect(result).toMatchObject({
      status: "failed",
      attempts: 2,
      message: "127.0.0.1/postgres has no table 'full_tabel' in schema 'public'",
    });
  });

  test("a value from the data is in no message", async () => {
    const suite = {
      expectations: [{ expect_column_values_to_be_between: { column: "verdict", min_value: 1 } }],
    };
    const silent = await check(inDatabase("full_table"), suite);
    expect(silent.message).toContain(
      "expect_column_values_to_be_between (verdict): it could not be looked at: ",
    );
    const all = await check(inDatabase("full_table"), SUITE_OF_ALL);
    expect([silent.message, all.message, all.details, JSON.stringify(all.quality)].join()).not.toMatch(
      /nobody|joe@|ugly|2024-01-10/,
    );
    const shown = await check({ ...inDatabase("full_table"), show_values: true }, SUITE_OF_ALL);
    expect(shown.details).toContain('\n    "nobody"\n');
    expect(shown.message).not.toContain("nobody");
  });

  test("a wrong password and a server that is not there are told", async () => {
    const wrong = await check(inDatabase("full_table", { password: "no" }), SUITE_OF_ALL);
    expect(wrong.message).toBe(
      `cannot open 127.0.0.1/postgres as 'postgres': password authentication failed for user "postgres"`,
    );
    const none = await check(inDatabase("full_table", { port: 9 }), SUITE_OF_ALL);
    expect(none.message).toContain("ECONNREFUSED");
  });

  test("a query finds so many rows, or one value", async () => {
    const seen = async (query: string, expected: object, more: object = {}) => {
      const { postgres: place } = inDatabase("", more);
      const { status, message } = await check({ postgres: place, query, expect: expected }, {}, "sql");
      return [status, message];
    };
    const right = ["passed", "the query found what was expected in 127.0.0.1/postgres"];
    expect(await seen("SELECT * FROM full_table", { rows: 10 })).toEqual(right);
    expect(await seen("SELECT count(*) FROM full_table", { value: 10 })).toEqual(right);
    expect(await seen("SELECT avg(rating) FROM full_table", { value: 4 })).toEqual(right);
    expect(await seen("SELECT true", { value: true })).toEqual(right);
    expect(await seen("SELECT NULL", { value: null })).toEqual(right);
    expect(await seen("SELECT * FROM full_table", { min_rows: 11 })).toEqual([
      "failed",
      "the query found 10 rows, and at least 11 were expected, in 127.0.0.1/postgres",
    ]);
    expect(await seen("SELECT 5", { value: 6 })).toEqual([
      "failed",
      "the query found another value than expected in 127.0.0.1/postgres",
    ]);
    expect(await seen("SELECT 1; SELECT 2", {})).toEqual([
      "failed",
      "127.0.0.1/postgres did not answer the query: cannot insert multiple commands into a prepared statement",
    ]);
    expect(await seen("DELETE FROM full_table", {})).toEqual([
      "failed",
      "127.0.0.1/postgres did not answer the query: error 25006 of PostgreSQL",
    ]);
    expect(await seen("SELECT 1", {}, { host: "db.example.com" })).toEqual([
      "skipped",
      "the emulator runs no database, and 'db.example.com' is not this machine",
    ]);
  });

  test.skipIf(noS3 !== "")("a login comes from Secrets Manager, and has its own rights", async () => {
    const { postgres: place } = inDatabase("");
    const login = { ...place, user: undefined, password: undefined, secret: "login" };
    const asReader = { postgres: login, query: "SELECT current_user", expect: { value: "reader" } };
    expect(await check(asReader, {}, "sql")).toMatchObject({ status: "passed" });
    expect(await check({ ...asReader, query: "SELECT * FROM full_table" }, {}, "sql")).toMatchObject({
      message: "127.0.0.1/postgres did not answer the query: permission denied for table full_table",
    });
    expect(await check({ ...asReader, postgres: { ...login, secret: "none" } }, {}, "sql")).toMatchObject({
      message: expect.stringContaining("secret 'none' cannot be read: "),
    });
  });
});

describe.skipIf(noS3 !== "")(`files in S3${noS3}`, () => {
  test.each(["full.parquet", "full.csv", "half-*.csv.gz"])(
    "every expectation has its verdict: %s",
    async (key) => {
      const result = await check(inS3(key), SUITE_OF_ALL);
      expect(statuses(result)).toEqual(onRows);
      expect(result).toMatchObject({ status: "failed", attempts: 1, ranAs: "emulator" });
      expect(result.quality).toMatchObject({ suite: "ratings", data: `s3://${BUCKET}/in/${key}`, rows: 10 });
    },
  );

  test("every expectation has its verdict without a row", async () => {
    expect(statuses(await check(inS3("empty.parquet"), SUITE_OF_ALL))).toEqual(onNothing);
  });

  test("data without a row fails, unless it is said to be right", async () => {
    const expectations = [{ expect_column_values_to_not_be_null: { column: "id" } }];
    expect(await check(inS3("empty.parquet"), { expectations })).toMatchObject({
      status: "failed",
      message:
        "1 of 2 expectations of 'ratings' do not hold for s3://ratings/in/empty.parquet (0 rows): expect_table_row_count_to_be_between: it is 0",
    });
    expect(await check(inS3("empty.parquet"), { empty: "allowed", expectations })).toMatchObject({
      status: "passed",
    });
  });

  test("an empty text in quotes is a text, and what is not there is null", async () => {
    const expectations = [{ expect_column_values_to_not_be_null: { column: "only" } }];
    const { quality } = await check(inS3("one.csv"), { expectations });
    expect(quality?.verdicts[1]).toMatchObject({ elements: 3, unexpected: 1 });
  });

  test("types are what is written where it is written", async () => {
    const expectations = [{ expect_column_values_to_match_regex: { column: "zip", regex: "^\\d{5}$" } }];
    expect(await check(inS3("zip.csv"), { expectations })).toMatchObject({ status: "passed" });
    expect(await check(inS3("zip.csv", { types: { zip: "BIGINT" } }), { expectations })).toMatchObject({
      status: "failed",
    });
  });

  test("what is not there, or is no such file, is told without its content", async () => {
    expect(await check(inS3("none-*.csv"), SUITE_OF_ALL)).toMatchObject({
      message: "there is no object s3://ratings/in/none-*.csv",
      attempts: 2,
    });
    const bad = await check(inS3("bad.parquet"), SUITE_OF_ALL);
    expect(bad.message).toBe("s3://ratings/in/bad.parquet cannot be read as parquet: Invalid Input Error");
    expect(await check({ s3: { bucket: "none", key: "a.csv" } }, SUITE_OF_ALL)).toMatchObject({
      message: "there is no bucket 'none'",
    });
    expect(await check(inS3("data"), SUITE_OF_ALL)).toMatchObject({
      message: "'key' does not end with .csv or .parquet: add 'format' with one of them",
      attempts: 1,
    });
  });

  test("nothing is left on this machine", () => {
    expect(readdirSync(scratch).filter((name) => name.startsWith("platc-quality-"))).toEqual([]);
  });
});
