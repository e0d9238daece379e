import { cpSync } from "node:fs";
import { join, resolve } from "node:path";
import { spawnSync } from "node:child_process";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openEmulator } from "../../src/targets/emulator-target.ts";
import { stopEmulator } from "../../src/targets/stop-emulator.ts";
import { type CommandResult, makeProject, type Project } from "../run/project.ts";
import { lacksForAws } from "./d2b-project.ts";
import { emulatedAccount } from "./emulated-account.ts";
import { openScratchPostgres, type ScratchPostgres } from "./scratch-postgres.ts";

const SPEC = "specs/workflow/platform.yaml";
const FUNCTION = "specs/workflow/functions/ingestion/main.py";
const PASSWORD = "password-of-the-platform";
const STACKS = ["main-backend", "storage/raw", "database", "workflow/ingestion", "workflow/orders"];

interface Installation extends Project {
  readonly endpoint: string;
  readonly postgres: ScratchPostgres;
  readonly close: () => Promise<void>;
}

async function open(): Promise<Installation | string> {
  const lacking = await lacksForAws();
  if (lacking !== undefined) return lacking;
  if (spawnSync("psql", ["--version"]).status !== 0) return "no psql is on PATH";
  const postgres = await openScratchPostgres();
  if (typeof postgres === "string") return postgres;
  const project = makeProject({ "package.json": `{ "platc": { "spec": "${SPEC}" } }` });
  const repository = resolve(import.meta.dirname, "../..");
  for (const folder of ["modules/aws", "specs/workflow"])
    cpSync(join(repository, folder), join(project.root, folder), {
      recursive: true,
      filter: (path) => !/\.terraform$|__pycache__/.test(path),
    });
  const close = async (): Promise<void> => {
    await postgres.close();
    await stopEmulator(project.root);
    project.remove(".");
  };
  const emulator = await openEmulator({
    projectRoot: project.root,
    environment: process.env,
    tell: () => undefined,
  });
  if (emulator.status === "ok") return { ...project, endpoint: emulator.endpoint, postgres, close };
  await close();
  return `${emulator.message}. ${emulator.hint}`;
}

const opened = await open();
const reason = typeof opened === "string" ? ` (skipped: ${opened})` : "";

/** Every test goes on from the one before it. */
describe.skipIf(typeof opened === "string")(
  `dev, approval, staging, approval, prod on the emulator${reason}`,
  { timeout: 900_000 },
  () => {
    const project = opened as Exclude<typeof opened, string>;
    const emulated = ["--target", "emulator"];
    const each = (environment: string, status: string) =>
      Object.fromEntries(STACKS.map((stack) => [`${environment}/${stack}`, status]));
    const ofKind = ({ events }: CommandResult, kind: string) =>
      events
        .filter((event) => event.kind === kind)
        .map(({ address, result }) => {
          const { name, status } = result as { readonly name: string; readonly status: string };
          return `${String(address)} ${name} ${status}`;
        })
        .sort();
    const migrationsIn = async (database: string): Promise<readonly unknown[]> => {
      const { port } = project.postgres;
      const client = new pg.Client({
        host: "127.0.0.1",
        port,
        database,
        user: "platform",
        password: PASSWORD,
      });
      await client.connect();
      try {
        const { rows } = await client.query({
          text: "SELECT file FROM platc_migrations ORDER BY file",
          rowMode: "array",
        });
        return rows.flat();
      } finally {
        await client.end();
      }
    };

    /** Promotes, and approves what waits each time, as a person would; gives how often that was. */
    async function promoteWithApprovals(
      environment: string,
    ): Promise<{ readonly result: CommandResult; readonly approvals: number }> {
      for (let approvals = 0; ; approvals++) {
        const result = await project.run("promote", environment, ...emulated);
        if (result.code !== 3 || approvals === 4) return { result, approvals };
        const list = await project.show("approve", ...emulated);
        const [id = ""] = list.stdout.split(" ");
        const decided = await project.show("approve", id, ...emulated);
        expect(decided.code, decided.stderr).toBe(0);
      }
    }

    beforeAll(async () => {
      const { postgres } = project;
      await postgres.run(`CREATE ROLE platform LOGIN PASSWORD '${PASSWORD}'`);
      for (const database of ["dev", "staging", "prod"])
        await postgres.run(`CREATE DATABASE ${database} OWNER platform`);
      project.environment["TF_VAR_database_port"] = String(postgres.port);
      project.environment["TF_VAR_database_password"] = PASSWORD;
      const { code, stderr } = await project.show("compile");
      expect([code, stderr]).toEqual([0, ""]);
    });
    afterAll(() => project.close());

    test("nothing is promoted before dev has it", async () => {
      const early = await project.show("promote", "staging", ...emulated);
      expect(early.code).toBe(1);
      expect(early.stderr).toContain(
        "'staging/database': 'dev/database' was never applied; 'platc apply dev/database' applies and tests it there",
      );
    });

    test("dev: provision, configure, deploy, test", async () => {
      const dev = await project.run("apply", "dev", "--auto-approve", ...emulated);
      expect(dev.code, dev.stdout + dev.stderr).toBe(0);
      expect(dev.statuses).toMatchObject(each("dev", "applied"));
      expect(ofKind(dev, "step-finished")).toEqual(["dev/database readers done", "dev/database schema done"]);
      expect(ofKind(dev, "check-finished")).toEqual([
        "dev/database orders passed",
        "dev/storage/raw round-trip passed",
        "dev/workflow/ingestion answers passed",
        "dev/workflow/orders arrive passed",
      ]);
      expect(await migrationsIn("dev")).toEqual(["001-orders.sql", "002-reports.sql"]);
      expect(dev.stdout).not.toContain(PASSWORD);
    });

    test("staging waits for a person, then has it", async () => {
      const { result, approvals } = await promoteWithApprovals("staging");
      expect(result.code, result.stdout + result.stderr).toBe(0);
      expect(approvals).toBeGreaterThan(0);
      // The emulator's state backend was made by the run that then waited.
      expect(result.statuses).toMatchObject({
        ...each("staging", "applied"),
        "staging/main-backend": "up-to-date",
      });
      expect(ofKind(result, "check-finished").every((line) => line.endsWith(" passed"))).toBe(true);
      expect(await migrationsIn("staging")).toEqual(["001-orders.sql", "002-reports.sql"]);
    });

    test("prod shows what only its own layer says, waits for a person, then has it", async () => {
      const shown = await project.run("promote", "prod", ...emulated);
      expect(shown.code).toBe(3);
      const unproven = shown.events.find(
        ({ kind, address }) => kind === "stack-unproven" && address === "prod/workflow/ingestion",
      );
      expect(unproven).toMatchObject({
        by: "staging/workflow/ingestion",
        values: [{ path: "vars.retention_days", value: "365", proven: "30" }],
      });
      const { result } = await promoteWithApprovals("prod");
      expect(result.code, result.stdout + result.stderr).toBe(0);
      expect(await migrationsIn("prod")).toEqual(["001-orders.sql", "002-reports.sql"]);
      expect(await emulatedAccount(project.endpoint).keys("installation-prod-raw")).toEqual([
        "orders/1.json",
      ]);
    });

    test("what fails its smoke test in dev goes no further", async () => {
      const working = project.read(FUNCTION);
      project.write(
        FUNCTION,
        working.replace("    key = ", '    raise RuntimeError("not today")\n    key = '),
      );
      await project.show("compile");
      const broken = await project.run("apply", "dev", "--auto-approve", ...emulated);
      expect(broken.code).toBe(1);
      expect(broken.statuses).toMatchObject({
        "dev/workflow/ingestion": "failed",
        "dev/workflow/orders": "blocked",
      });
      const refused = await project.show("promote", "staging", ...emulated);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toContain(
        "'staging/workflow/ingestion': the tests of 'dev/workflow/ingestion' have not passed; 'platc apply dev/workflow/ingestion' applies and tests it there",
      );
      expect(refused.stderr).not.toContain("staging/database");
      const past = await project.show("apply", "prod", ...emulated);
      expect([past.code, past.stderr]).toEqual([
        1,
        expect.stringContaining("'prod/workflow/ingestion' is not proven"),
      ]);
      project.write(FUNCTION, working);
      await project.show("compile");
      expect((await project.run("apply", "dev", "--auto-approve", ...emulated)).code).toBe(0);
      expect(await project.run("promote", "staging", ...emulated)).toMatchObject({
        code: 0,
        statuses: each("staging", "up-to-date"),
      });
    });
  },
);
