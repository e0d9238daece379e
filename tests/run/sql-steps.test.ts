import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { openScratchPostgres } from "../e2e/scratch-postgres.ts";
import { compiled, makeProject, type Project, runIn, spec } from "./project.ts";

const opened = await openScratchPostgres();
const reason = typeof opened === "string" ? ` (skipped: ${opened})` : "";

describe.skipIf(typeof opened === "string")(`migrations on a real PostgreSQL${reason}`, () => {
  const server = opened as Exclude<typeof opened, string>;
  let project: Project;
  let count = 0;
  let database = "";

  beforeEach(async () => {
    database = `steps_${++count}`;
    await server.run(`CREATE DATABASE ${database}`);
    project = makeProject({
      "platform.yaml": spec(`
variables: { password: { sensitive: true } }
stacks:
  accounts:
    stage: configure
    steps:
      schema:
        timeout: 20
        sql:
          postgres: { host: 127.0.0.1, port: ${server.port}, database: ${database}, user: postgres, password: "{{var.password}}" }
          migrations: "{{path 'migrations'}}"
    checks:
      rows: { attempts: 1, sql: { postgres: { host: 127.0.0.1, port: ${server.port}, database: ${database}, user: postgres, password: "{{var.password}}" }, query: "SELECT count(*) FROM orders", expect: { value: 1 } } }
`),
      "migrations/001-orders.sql": "SET search_path = public;\nCREATE TABLE orders (id int PRIMARY KEY);\n",
      "migrations/002-first.sql": "INSERT INTO orders VALUES (1);",
      "migrations/notes.txt": "no migration",
    });
    project.environment["TF_VAR_password"] = server.password;
    await compiled(project);
  });

  afterEach(() => project.remove("."));
  afterAll(() => server.close());

  async function rows(query: string): Promise<readonly unknown[]> {
    const client = new pg.Client({
      host: "127.0.0.1",
      port: server.port,
      database,
      user: "postgres",
      password: server.password,
    });
    await client.connect();
    try {
      return (await client.query({ text: query, rowMode: "array" })).rows;
    } finally {
      await client.end();
    }
  }
  const apply = async () => {
    await compiled(project);
    return project.run("apply", "dev", "--auto-approve");
  };
  const said = ({
    events,
  }: {
    readonly events: readonly { readonly kind: string; readonly [key: string]: unknown }[];
  }) =>
    events
      .filter(({ kind }) => kind === "step-finished")
      .map(({ result }) => (result as { readonly message: string }).message);

  test("each is applied once, in order, and both the database and the ledger know", async () => {
    const plan = await project.show("plan", "dev");
    expect(plan.stdout).toContain(
      "step schema (sql): 001-orders.sql, 002-first.sql; its step 'schema' has never run",
    );
    const first = await apply();
    expect(first, first.stdout).toMatchObject({ code: 0, statuses: { "dev/accounts": "applied" } });
    expect(said(first)).toEqual([`'001-orders.sql', '002-first.sql' applied to 127.0.0.1/${database}`]);
    expect(await rows("SELECT step, file FROM platc_migrations ORDER BY file")).toEqual([
      ["dev/accounts#schema", "001-orders.sql"],
      ["dev/accounts#schema", "002-first.sql"],
    ]);
    project.write("migrations/003-more.sql", "ALTER TABLE orders ADD COLUMN at timestamptz;");
    await compiled(project);
    const more = await project.show("plan", "dev");
    expect(more.stdout).toContain("step schema (sql): 003-more.sql; its step 'schema' changed");
    expect(said(await apply())).toEqual([`'003-more.sql' applied to 127.0.0.1/${database}`]);
    expect(await apply()).toMatchObject({ code: 0, processes: 0 });
  });

  test("a ledger that was lost is made anew from what the database knows", async () => {
    await apply();
    project.remove("states/t/.platc/steps");
    expect(said(await apply())).toEqual([`127.0.0.1/${database} has all 2 migrations already`]);
    expect(project.read("states/t/.platc/steps/dev/accounts.json")).toContain("001-orders.sql");
  });

  test("one that was changed, is gone or comes too late is named before anything is done", async () => {
    await apply();
    project.write("migrations/001-orders.sql", "CREATE TABLE orders (id bigint);");
    const changed = await apply();
    expect(changed).toMatchObject({ code: 1, statuses: { "dev/accounts": "failed" } });
    expect(changed.stdout).toContain("step 'schema': '001-orders.sql' was changed after it was applied");
    project.remove("migrations/001-orders.sql");
    expect((await apply()).stdout).toContain("'001-orders.sql' was applied and is not there any more");
    project.write(
      "migrations/001-orders.sql",
      "SET search_path = public;\nCREATE TABLE orders (id int PRIMARY KEY);\n",
    );
    project.write("migrations/001-second.sql", "SELECT 1;");
    expect((await apply()).stdout).toContain(
      "'001-second.sql' is new and comes before '002-first.sql', which was applied",
    );
    // Where the ledger does not know, the database does.
    project.remove("migrations/001-second.sql");
    project.write("migrations/001-orders.sql", "CREATE TABLE orders (id bigint);");
    project.remove("states/t/.platc/steps");
    expect(said(await apply())).toEqual(["'001-orders.sql' was changed after it was applied"]);
  });

  test("one that fails leaves nothing of itself, names its line, and is done when it is mended", async () => {
    project.write(
      "migrations/002-first.sql",
      "INSERT INTO orders VALUES (1);\nINSERT INTO nowhere VALUES (2);",
    );
    const failed = await apply();
    expect(failed).toMatchObject({ code: 1, statuses: { "dev/accounts": "failed" } });
    expect(said(failed)).toEqual([`'002-first.sql', line 2: relation "nowhere" does not exist`]);
    expect(await rows("SELECT count(*)::int FROM orders")).toEqual([[0]]);
    project.write("migrations/002-first.sql", "INSERT INTO orders VALUES (1);");
    expect(said(await apply())).toEqual([`'002-first.sql' applied to 127.0.0.1/${database}`]);
  });

  test("one that ends its transaction itself is refused, and no other follows", async () => {
    project.write("migrations/002-first.sql", "INSERT INTO orders VALUES (1); COMMIT;");
    project.write("migrations/003-more.sql", "CREATE TABLE more ();");
    const [message = ""] = said(await apply());
    expect(message).toContain("'002-first.sql' ends its transaction itself");
    expect(await rows("SELECT to_regclass('more')")).toEqual([[null]]);
    expect(await rows("SELECT file FROM platc_migrations")).toEqual([["001-orders.sql"]]);
  });

  test("two machines that apply at once apply each migration once", async () => {
    project.write("migrations/002-first.sql", "SELECT pg_sleep(2); INSERT INTO orders VALUES (1);");
    await compiled(project);
    const other = mkdtempSync(join(tmpdir(), "platc-run-"));
    cpSync(project.root, other, { recursive: true });
    const here = project.run("apply", "dev", "--auto-approve");
    const there = runIn(other, project.environment, "apply", "dev", "--auto-approve");
    const results = await Promise.all([here, there]);
    expect(results.map(({ code }) => code)).toEqual([0, 0]);
    expect(results.flatMap(said).sort()).toEqual([
      `'001-orders.sql', '002-first.sql' applied to 127.0.0.1/${database}`,
      `127.0.0.1/${database} has all 2 migrations already`,
    ]);
    expect(await rows("SELECT count(*)::int FROM orders")).toEqual([[1]]);
  });

  test("a database that cannot be reached says who and where, and no password", async () => {
    project.environment["TF_VAR_password"] = "wrong-password-of-somebody";
    const failed = await apply();
    expect(failed).toMatchObject({ code: 1, statuses: { "dev/accounts": "failed" } });
    expect(said(failed)[0]).toMatch(
      new RegExp(`^cannot open 127.0.0.1/${database}: password authentication failed`),
    );
    expect(failed.stdout + failed.stderr).not.toContain("wrong-password-of-somebody");
  });
});
