import { spawnSync } from "node:child_process";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openScratchPostgres, type ScratchPostgres } from "../e2e/scratch-postgres.ts";
import type { Project } from "../run/project.ts";
import { copyAnalytics } from "./analytics-project.ts";
import { declaredSql, type DeclaredStatement } from "./declared-sql.ts";
import { lacksTerraform, rehearse, statesOf } from "./rehearsed-project.ts";

/** The databases of an environment, each with the role of the same name. */
const DATABASES = ["acme_hive", "acme_superset", "globex_hive", "initech_superset"] as const;
const ADMINISTRATOR = { user: "platform", password: "of-the-administrator" };
const SCRIPT = join(import.meta.dirname, "../../specs/analytics/checks/own-database-only.sh");

const server = lacksTerraform === undefined ? await openScratchPostgres() : lacksTerraform;
const reason = typeof server === "string" ? ` (skipped: ${server})` : "";

/** What the postgres modules declare is rehearsed, then made on a real server by someone who is no superuser there, as on Azure. */
describe.skipIf(reason !== "")(`customers on a real PostgreSQL${reason}`, { timeout: 120_000 }, () => {
  let project: Project;
  let statements: readonly DeclaredStatement[];
  const passwords = new Map<string, string>();
  const scratch = server as ScratchPostgres;

  beforeAll(async () => {
    project = copyAnalytics();
    expect(await project.show("compile")).toMatchObject({ code: 0 });
    const databases = DATABASES.map((name) => `...dev/${name.replace("_", "/")}-database`);
    const applied = await rehearse(project, "apply", ...databases, "--auto-approve=deferred");
    expect(applied.code, applied.stdout).toBe(0);
    const states = [...statesOf(project, "analytics").values()];
    for (const role of states.flatMap(rolesIn)) passwords.set(role.name, role.password);
    statements = declaredSql(states);

    await scratch.run(
      `CREATE ROLE ${ADMINISTRATOR.user} LOGIN CREATEDB CREATEROLE PASSWORD '${ADMINISTRATOR.password}'`,
    );
    for (const { sql, database = "postgres" } of statements) await ask({ ...ADMINISTRATOR, database }, sql);
  });

  afterAll(async () => {
    project?.remove(".");
    await scratch.close();
  });

  async function ask(
    as: { readonly user: string; readonly password: string; readonly database: string },
    sql: string,
  ): Promise<readonly unknown[]> {
    const client = new pg.Client({ host: "127.0.0.1", port: scratch.port, ...as });
    await client.connect();
    try {
      const { rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" });
      return rows.flat();
    } finally {
      await client.end();
    }
  }
  const as = (user: string, database: string) => ({ user, database, password: passwords.get(user) ?? "" });

  const check = (user: string): { readonly status: number | null; readonly said: string } => {
    const { status, stdout, stderr } = spawnSync(SCRIPT, {
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        PGHOST: "127.0.0.1",
        PGPORT: String(scratch.port),
        PGUSER: user,
        PGPASSWORD: passwords.get(user),
        PGDATABASE: user,
      },
    });
    return { status, said: `${stdout}${stderr}` };
  };

  test("there is a role and a database for each, and everybody's rights are taken away", () => {
    const made = (kind: string): readonly string[] =>
      statements.flatMap(({ sql }) => new RegExp(`^CREATE ${kind} "(\\w+)"`).exec(sql)?.[1] ?? []).sort();
    expect(made("ROLE")).toEqual(DATABASES);
    expect(made("DATABASE")).toEqual(DATABASES);
    for (const name of DATABASES)
      expect(statements).toContainEqual({
        sql: `REVOKE ALL PRIVILEGES ON DATABASE "${name}" FROM PUBLIC`,
        database: name,
      });
  });

  test.each(DATABASES)("%s makes, fills, reads and drops a table in its own database", async (name) => {
    await ask(as(name, name), "CREATE TABLE own (one int)");
    await ask(as(name, name), "INSERT INTO own VALUES (1)");
    expect(await ask(as(name, name), "SELECT one FROM own")).toEqual([1]);
    await ask(as(name, name), "DROP TABLE own");
  });

  const pairs = DATABASES.flatMap((user) =>
    DATABASES.filter((database) => database !== user).map((database) => [user, database] as const),
  );
  test.each(pairs)("%s is refused on %s", async (user, database) => {
    await expect(ask(as(user, database), "SELECT 1")).rejects.toThrow(
      `permission denied for database "${database}"`,
    );
  });

  test.each(DATABASES)("%s can make neither a database, nor a role, nor drop its own", async (name) => {
    await expect(ask(as(name, name), "CREATE DATABASE more")).rejects.toThrow("permission denied");
    await expect(ask(as(name, name), "CREATE ROLE more")).rejects.toThrow("permission denied");
    await expect(ask(as(name, name), `DROP DATABASE ${name}`)).rejects.toThrow("must be owner");
  });

  const psql = spawnSync("psql", ["--version"]).status === 0;
  test.skipIf(!psql)(
    "the platform's own check passes, and fails as soon as a database is open to all",
    async () => {
      const kept = check("acme_hive");
      expect(kept).toMatchObject({ status: 0 });
      expect(kept.said).toContain("refused on globex_hive");
      await ask(
        { ...ADMINISTRATOR, database: "postgres" },
        "GRANT CONNECT ON DATABASE globex_hive TO PUBLIC",
      );
      const open = check("acme_hive");
      expect(open.status).not.toBe(0);
      expect(open.said).toContain("acme_hive can log in to globex_hive");
      await ask(
        { ...ADMINISTRATOR, database: "postgres" },
        "REVOKE CONNECT ON DATABASE globex_hive FROM PUBLIC",
      );
    },
  );

  test("a database as PostgreSQL makes it by itself would be open to every customer", async () => {
    await ask({ ...ADMINISTRATOR, database: "postgres" }, "CREATE DATABASE as_it_comes");
    expect(await ask(as("acme_hive", "as_it_comes"), "SELECT 1")).toEqual([1]);
    await ask({ ...ADMINISTRATOR, database: "postgres" }, "DROP DATABASE as_it_comes");
  });
});

function rolesIn(state: string): readonly { readonly name: string; readonly password: string }[] {
  const { resources } = JSON.parse(state) as {
    readonly resources: readonly {
      readonly type: string;
      readonly instances: readonly {
        readonly attributes: { readonly name: string; readonly password: string };
      }[];
    }[];
  };
  return resources
    .filter(({ type }) => type === "postgresql_role")
    .flatMap(({ instances }) => instances.map(({ attributes }) => attributes));
}
