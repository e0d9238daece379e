import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openScratchPostgres, type ScratchPostgres } from "../e2e/scratch-postgres.ts";
import { makeProject, type Project } from "../run/project.ts";
import { findJava } from "./find-java.ts";
import {
  installMetastore,
  installObjectStore,
  installPython,
  installSuperset,
  installTrino,
} from "./install-programs.ts";
import { type LocalService, readLocalServices } from "./local-services.ts";
import { askTrino } from "./trino-client.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const ANALYTICS = join(REPOSITORY, "specs/analytics");
const SPEC = "specs/analytics/platform.yaml";
const PASSWORD = "only-for-local-development-not-a-secret";
/** What listens, by the port of its container. Of the metastores, that of one customer is enough. */
const PORTS = ["postgres:5432", "object-store:9090", "acme-hive:9083", "trino:8080", "acme-superset:8088"];

const installed = installAll();
const reason = "lacking" in installed ? ` (skipped: ${installed.lacking})` : "";

describe.skipIf("lacking" in installed)(`the analytics platform on one machine${reason}`, () => {
  const programs = installed as Installed;
  const started = new Map<string, ChildProcess>();
  let work: string;
  let project: Project;
  let database: ScratchPostgres;
  let ports: ReadonlyMap<string, number>;
  let services: ReadonlyMap<string, LocalService>;
  const at = (name: string): LocalService => services.get(name)!;
  const origin = (place: string): string => `http://127.0.0.1:${ports.get(place)}`;

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), "platc-analytics-"));
    project = makeProject({ "package.json": `{ "platc": { "spec": "${SPEC}" } }` });
    for (const folder of ["modules", "specs/analytics"])
      cpSync(join(REPOSITORY, folder), join(project.root, folder), { recursive: true });
    const opened = await openScratchPostgres();
    if (typeof opened === "string") throw new Error(opened);
    database = opened;
    await database.run(`ALTER ROLE postgres PASSWORD '${PASSWORD}'`);
    ports = new Map(
      await Promise.all(
        PORTS.map(
          async (place) => [place, place === "postgres:5432" ? database.port : await freePort()] as const,
        ),
      ),
    );
    services = await generated("bundle");
  });

  afterAll(async () => {
    for (const name of [...started.keys()]) await stop(name);
    await database?.close();
    project?.remove(".");
    rmSync(work, { recursive: true, force: true });
  });

  test("the compose file is one, by the schema of the compose specification", () => {
    const check = join(installPython("check-jsonschema", ["check-jsonschema==0.39.0"]), "check-jsonschema");
    const validate = (file: string) =>
      spawnSync(check, ["--builtin-schema", "vendor.compose-spec", file], { encoding: "utf8" });
    const file = join(project.root, "bundle/compose.yaml");
    expect(validate(file)).toMatchObject({ status: 0, stdout: expect.stringContaining("ok") });
    const broken = join(work, "broken.yaml");
    writeFileSync(broken, readFileSync(file, "utf8").replace("depends_on:", "depend_on:"));
    expect(validate(broken).status).toBe(1);
  });

  test("jobs make the role and database of each customer and app, any number of times", async () => {
    await at("postgres").healthy();
    for (const name of ["acme-hive", "globex-hive", "acme-superset", "initech-superset"]) {
      runJob(`${name}-database`);
      runJob(`${name}-database`);
    }
    expect(
      await ask("postgres", "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1"),
    ).toEqual(["acme_hive", "acme_superset", "globex_hive", "initech_superset", "postgres"]);
  });

  test.each(["acme_hive", "globex_hive", "acme_superset", "initech_superset"])(
    "%s uses its own database, and is refused on every other, as the check of the stack says",
    (name) => {
      const env = {
        ...process.env,
        PGHOST: "127.0.0.1",
        PGPORT: String(database.port),
        PGUSER: name,
        PGPASSWORD: PASSWORD,
        PGDATABASE: name,
      };
      const said = execFileSync("sh", [join(ANALYTICS, "checks/own-database-only.sh")], {
        env,
        encoding: "utf8",
      });
      const [own, ...others] = said.trim().split("\n");
      expect(own).toBe(`own database ${name}: ok`);
      expect(others).toHaveLength(3);
      for (const line of others) expect(line).toMatch(/^refused on /);
    },
  );

  test("a metastore with another database's name does not start", async () => {
    const spec = project.read(SPEC);
    const wrong = "{{services.postgres}}:5432/hive";
    project.write(
      SPEC,
      spec.replace("{{services.postgres}}:5432/{{inputs.hive-database.database.name}}", wrong),
    );
    expect(project.read(SPEC)).toContain(wrong);
    const other = (await generated("wrong")).get("acme-hive")!;
    project.write(SPEC, spec);
    const ended = spawnSync("sh", [join(ANALYTICS, "images/hive/start.sh")], {
      env: metastoreEnvironment(other),
      encoding: "utf8",
      timeout: 300_000,
    });
    expect(ended.status).toBe(1);
    expect(`${ended.stdout}${ended.stderr}`).toMatch(
      /permission denied for database|database "hive" does not exist/,
    );
  });

  // The object store knows no address to listen on: it is the one program here that others could reach.
  test("the metastore keeps its tables in the customer's database on PostgreSQL", async () => {
    start("object-store", join(programs.java, "bin/java"), [
      ...["-Xmx192m", "-jar", programs.objectStore, "--server.address=127.0.0.1"],
      ...[`--com.adobe.testing.s3mock.http-port=${ports.get("object-store:9090")}`, "--server.port=0"],
    ]);
    await at("object-store").healthy(started.get("object-store"));
    start(
      "acme-hive",
      "sh",
      [join(ANALYTICS, "images/hive/start.sh")],
      metastoreEnvironment(at("acme-hive")),
    );
    await at("acme-hive").healthy(started.get("acme-hive"));
    expect(await ask("acme_hive", `SELECT "SCHEMA_VERSION" FROM "VERSION"`)).toEqual(["4.0.0"]);
    const tables = "SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public'";
    expect((await ask("acme_hive", tables))[0]).toBeGreaterThan(70);
    expect(await ask("globex_hive", tables)).toEqual([0]);
  });

  test("Trino starts with the catalogs of the customers that have a lake", async () => {
    startTrino();
    await until(async () => {
      const info = (await (await fetch(`${origin("trino:8080")}/v1/info`)).json()) as {
        readonly starting: boolean;
      };
      return !info.starting;
    }, started.get("trino"));
    expect(await sql("SELECT 1")).toEqual([[1]]);
    const catalogs = (await sql("SHOW CATALOGS")).flat();
    expect(catalogs).toEqual(expect.arrayContaining(["acme", "globex", "system"]));
    expect(catalogs).not.toContain("initech");
    expect((await sql("SHOW SCHEMAS FROM acme")).flat()).toContain("default");
  });

  test("a table is made, filled, read, made from another and dropped, through Trino, metastore and object store", async () => {
    await sql("CREATE SCHEMA acme.shop");
    await sql("CREATE TABLE acme.shop.orders (id integer, item varchar)");
    expect(await sql("INSERT INTO acme.shop.orders VALUES (1, 'tea'), (2, 'Brötchen 🥐')")).toEqual([[2]]);
    expect(await sql("SELECT * FROM acme.shop.orders ORDER BY id")).toEqual([
      [1, "tea"],
      [2, "Brötchen 🥐"],
    ]);
    const place = (await sql('SELECT DISTINCT "$path" FROM acme.shop.orders')).flat();
    expect(place).toEqual([expect.stringMatching(/^s3a:\/\/lake\/acme\/shop\.db\/orders\//)]);
    expect(await ask("acme_hive", `SELECT "TBL_NAME" FROM "TBLS"`)).toEqual(["orders"]);
    expect(await sql("CREATE TABLE acme.shop.counted AS SELECT count(*) AS n FROM acme.shop.orders")).toEqual(
      [[1]],
    );
    expect(await sql("SELECT n FROM acme.shop.counted")).toEqual([[2]]);
    for (const statement of [
      "DROP TABLE acme.shop.counted",
      "DROP TABLE acme.shop.orders",
      "DROP SCHEMA acme.shop",
    ])
      await sql(statement);
    expect((await sql("SHOW SCHEMAS FROM acme")).flat()).not.toContain("shop");
    expect(await ask("acme_hive", `SELECT "TBL_NAME" FROM "TBLS"`)).toEqual([]);
  });

  test("Superset is set up on its own database, any number of times, and knows the customer's Trino", async () => {
    for (const name of ["trino", "acme-hive", "object-store"]) await stop(name);
    runJob("acme-superset-setup");
    runJob("acme-superset-setup");
    expect(await ask("acme_superset", "SELECT database_name || ' ' || sqlalchemy_uri FROM dbs")).toEqual([
      `trino trino://acme-superset@127.0.0.1:${ports.get("trino:8080")}/acme`,
    ]);
  });

  test("Superset is healthy, and lets in who has the password", async () => {
    const superset = at("acme-superset");
    start(
      "acme-superset",
      join(programs.superset, "gunicorn"),
      [
        "-k",
        "gthread",
        "--timeout",
        "120",
        "-b",
        `127.0.0.1:${ports.get("acme-superset:8088")}`,
        "superset.app:create_app()",
      ],
      environmentOf(superset),
    );
    await superset.healthy(started.get("acme-superset"));
    expect(await (await fetch(`${origin("acme-superset:8088")}/health`)).text()).toBe("OK");
    const logIn = (password: string): Promise<Response> =>
      fetch(`${origin("acme-superset:8088")}/api/v1/security/login`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ username: "developer", password, provider: "db" }),
      });
    expect((await logIn("another")).status).toBe(401);
    const entered = await logIn(PASSWORD);
    expect(entered.status).toBe(200);
    const { access_token } = (await entered.json()) as { readonly access_token: string };
    const headers = { authorization: `Bearer ${access_token}` };
    const databases = await (
      await fetch(`${origin("acme-superset:8088")}/api/v1/database/`, { headers })
    ).json();
    expect(databases).toMatchObject({ count: 1, result: [{ database_name: "trino", backend: "trino" }] });
  });

  /** Generates the bundle into a folder of the project, and lays it down without containers. */
  async function generated(folder: string): Promise<ReadonlyMap<string, LocalService>> {
    const result = await project.show("generate", "compose", "dev", "--out", folder);
    expect(result).toMatchObject({ code: 0, stderr: "" });
    return readLocalServices(join(project.root, folder, "compose.yaml"), join(work, folder), ports);
  }

  function start(
    name: string,
    program: string,
    words: readonly string[],
    env = environmentOf(at(name)),
  ): void {
    const log = openSync(join(work, `${name}.log`), "a");
    started.set(name, spawn(program, words, { env, stdio: ["ignore", log, log], cwd: work }));
  }

  /** By its process id, and waits until it is gone. */
  async function stop(name: string): Promise<void> {
    const child = started.get(name);
    started.delete(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.on("exit", done));
    child.kill();
    await ended;
  }

  function runJob(name: string): void {
    const { command } = at(name);
    const [program = "", ...words] = command;
    const { status, stdout, stderr } = spawnSync(program, words, {
      env: environmentOf(at(name)),
      encoding: "utf8",
      cwd: work,
    });
    expect(status, `${name}: ${stdout}${stderr}`).toBe(0);
  }

  function environmentOf({ environment }: LocalService): NodeJS.ProcessEnv {
    const PATH = `${programs.superset}:${join(programs.java, "bin")}:${process.env["PATH"]}`;
    return {
      ...process.env,
      NO_PROXY: "127.0.0.1",
      PATH,
      HOME: work,
      FLASK_APP: "superset.app:create_app()",
      ...environment,
    };
  }

  /** As its image has it, in little memory and on loopback alone. */
  function metastoreEnvironment(service: LocalService): NodeJS.ProcessEnv {
    return {
      ...environmentOf(service),
      METASTORE_HOME: programs.metastore,
      HADOOP_LIBRARIES: programs.libraries,
      HIVE_CONF_DIR: service.path("/etc/hive"),
      JAVA_TOOL_OPTIONS: [
        "-Xmx256m",
        "-Dmetastore.thrift.bind.host=127.0.0.1",
        `-Dmetastore.thrift.port=${ports.get("acme-hive:9083")}`,
      ].join(" "),
    };
  }

  /** The image has these settings beside the catalogs. */
  function startTrino(): void {
    const folder = at("trino").path("/etc/trino");
    const port = ports.get("trino:8080");
    const files = {
      "config.properties": [
        "coordinator=true",
        "node-scheduler.include-coordinator=true",
        `http-server.http.port=${port}`,
        `discovery.uri=http://127.0.0.1:${port}`,
      ],
      "node.properties": [
        "node.environment=docker",
        `node.data-dir=${join(work, "trino-data")}`,
        "node.bind-ip=127.0.0.1",
        "node.internal-address=127.0.0.1",
      ],
      "jvm.config": [
        "-Xmx1G",
        "--add-modules=jdk.incubator.vector",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
      ],
    };
    mkdirSync(folder, { recursive: true });
    for (const [name, lines] of Object.entries(files))
      writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
    start("trino", join(programs.trino, "bin/launcher"), ["run", "--etc-dir", folder], {
      ...environmentOf(at("trino")),
      JAVA_HOME: programs.newJava,
      PATH: `${join(programs.newJava, "bin")}:${process.env["PATH"]}`,
    });
  }

  function sql(statement: string): Promise<readonly (readonly unknown[])[]> {
    return askTrino(origin("trino:8080"), "acme", statement);
  }

  /** The first column of a query, as the superuser. */
  async function ask(name: string, query: string): Promise<readonly unknown[]> {
    const client = new pg.Client({
      ...{ host: "127.0.0.1", port: database.port, user: "postgres", password: PASSWORD },
      database: name,
    });
    await client.connect();
    try {
      return (await client.query({ text: query, rowMode: "array" })).rows.map(
        (row: readonly unknown[]) => row[0],
      );
    } finally {
      await client.end();
    }
  }
});

interface Installed {
  /** A Java that Hadoop knows, and one that Trino needs. */
  readonly java: string;
  readonly newJava: string;
  readonly metastore: string;
  readonly libraries: string;
  readonly objectStore: string;
  readonly trino: string;
  readonly superset: string;
}

/** Everything at the versions that the spec and its images name, or what this machine lacks. */
function installAll(): Installed | { readonly lacking: string } {
  const missing = ["python3", "mvn", "psql", "curl", "wget"].filter(
    (name) => spawnSync(name, ["--version"]).error !== undefined,
  );
  if (missing.length > 0) return { lacking: `there is no ${missing.join(" and no ")}` };
  const spec = readFileSync(join(ANALYTICS, "platform.yaml"), "utf8");
  const version = (text: string, image: string): string =>
    new RegExp(`${image}:([0-9A-Za-z.-]+)`).exec(text)?.[1] ?? `no ${image}`;
  const dockerfile = readFileSync(join(ANALYTICS, "images/superset/Dockerfile"), "utf8");
  try {
    return {
      java: findJava(17, 21),
      newJava: findJava(24, 25),
      ...installMetastore(join(ANALYTICS, "images/hive/pom.xml")),
      objectStore: installObjectStore(version(spec, "adobe/s3mock")),
      trino: installTrino(version(spec, "trinodb/trino")),
      superset: installSuperset(
        version(dockerfile, "apache/superset"),
        join(ANALYTICS, "images/superset/requirements.txt"),
      ),
    };
  } catch (error) {
    return { lacking: error instanceof Error ? error.message.split("\n")[0]! : String(error) };
  }
}

/** Asks again while nothing answers, five minutes long. */
async function until(holds: () => Promise<boolean>, program: ChildProcess | undefined): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await holds().catch(() => false)) return;
    if (program?.exitCode !== null) throw new Error(`it has ended with ${program?.exitCode}`);
    await sleep(1_000);
  }
  throw new Error("it did not come up in five minutes");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
