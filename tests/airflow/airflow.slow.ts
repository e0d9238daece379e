import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createSocket, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execa } from "execa";
import { parse } from "yaml";
import { makeProject, type Project } from "../run/project.ts";
import { startDockerStandIn, type DockerStandIn } from "./docker-stand-in.ts";
import { installAirflow, installTool } from "./install-airflow.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");
const SPEC = "specs/orchestration/platform.yaml";
const DAG = "tripclick_daily_pipeline";
const RUNTIME = {
  fernet_key: "cGxhdGMtdGVzdC1mZXJuZXQta2V5LW9mLTMyLWJ5dGU=",
  secret_key: "planted-secret-key",
  jwt_secret: "planted-jwt",
  database_password: "planted/database@password",
  redis_password: "planted-redis",
};
const REQUIRED = ["python3", "openssl"].filter((name) => spawnSync(name, ["--version"]).error !== undefined);
const reason = REQUIRED.length === 0 ? "" : ` (skipped: there is no ${REQUIRED.join(" and no ")})`;

interface Inspection {
  readonly id: string;
  readonly first_run: string;
  readonly after: Readonly<Record<string, readonly string[]>>;
  readonly [key: string]: unknown;
}

describe.skipIf(reason !== "").each(["2.10.5", "3.3.2"])(`Airflow %s${reason}`, (version) => {
  const isSecond = version.startsWith("2.");
  const work = mkdtempSync(join(tmpdir(), "platc-airflow-"));
  const secrets = join(work, "secrets");
  const bundle = join(work, "bundle");
  const home = join(work, "home");
  const told: string[] = [];
  const started: ChildProcess[] = [];
  let project: Project;
  let programs: string;
  let docker: DockerStandIn;
  let slack: Server;
  let endpoint: string;
  let environment: Record<string, string>;

  beforeAll(async () => {
    const certificates = join(work, "certificates");
    execFileSync("sh", [
      join(REPOSITORY, "specs/orchestration/tls/make-certificates.sh"),
      certificates,
      "server0=localhost",
    ]);
    const pem = (name: string): string => readFileSync(join(certificates, name), "utf8");
    docker = await startDockerStandIn({
      ca: pem("ca.pem"),
      cert: pem("server0.pem"),
      key: pem("server0.key"),
    });
    slack = createServer((request, response) => {
      request.on("data", (part) => told.push(String(part)));
      request.on("end", () => response.end("ok"));
    });
    await new Promise<void>((done) => slack.listen(0, "127.0.0.1", done));

    project = makeProject({ "package.json": `{ "platc": { "spec": "${SPEC}" } }` });
    for (const folder of ["modules/aws", "specs/orchestration"])
      cpSync(join(REPOSITORY, folder), join(project.root, folder), { recursive: true });
    project.write(
      SPEC,
      project
        .read(SPEC)
        .replace(/^ {2}airflow: .*$/m, `  airflow: ${version}`)
        // A task that fails is not waited for: the test would only fail later.
        .replace(/^ {6}retry_delay: 300$/m, "      retry_delay: 1")
        .replaceAll(
          /host: "server[01]\.\{\{vars\.domain\}\}", secret: secrets.docker/g,
          `host: localhost, port: ${docker.port}, secret: secrets.docker`,
        ),
    );
    const generated = await project.show("generate", "airflow", "dev", "--out", bundle);
    expect(generated.stderr).toBe("");
    programs = installAirflow(join(bundle, "requirements.txt"));

    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    started.push(
      spawn(join(programs, "moto_server"), ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" }),
    );
    await answering(endpoint);
    environment = {
      PATH: `${join(work, "programs")}:${programs}:${process.env["PATH"]}`,
      HOME: home,
      AIRFLOW_HOME: home,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      NO_PROXY: "127.0.0.1,localhost",
      SPARK_LOG: join(work, "spark.jsonl"),
      ...composeSettings(),
    };
    const hook = `http://127.0.0.1:${(slack.address() as AddressInfo).port}/services`;
    const connections = "tripclick-dev/airflow/connections";
    keepSecret("tripclick-dev/airflow/runtime", RUNTIME);
    keepSecret("tripclick-dev/airflow/docker", {
      ca: pem("ca.pem"),
      ...(JSON.parse(pem("client.json")) as object),
    });
    keepSecret(`${connections}/spark_cluster`, {
      conn_type: "spark",
      host: "spark://spark.internal",
      port: "7077",
    });
    keepSecret(`${connections}/slack`, {
      conn_type: "slackwebhook",
      host: hook,
      password: "T0/B0/planted-hook",
    });
    standInForSpark();
    // What the image has under /opt/airflow, and its volume under /run/airflow, lies in folders of this test.
    mkdirSync(join(home, "dags"), { recursive: true });
    for (const name of readdirSync(join(bundle, "dags"))) {
      const text = readFileSync(join(bundle, "dags", name), "utf8");
      writeFileSync(join(home, "dags", name), text.replaceAll("/run/airflow", secrets));
    }
  });

  afterAll(() => {
    for (const child of started) child.kill();
    docker?.close();
    slack?.close();
    project?.remove(".");
    rmSync(work, { recursive: true, force: true });
  });

  test("the compose file is one, by the schema of the compose specification", () => {
    const check = installTool("check-jsonschema", "check-jsonschema==0.39.0");
    const validate = (file: string) =>
      spawnSync(check, ["--builtin-schema", "vendor.compose-spec", file], { encoding: "utf8" });
    const { status, stdout } = validate(join(bundle, "compose.yaml"));
    expect(stdout).toContain("ok");
    expect(status).toBe(0);
    const broken = join(work, "broken.yaml");
    writeFileSync(
      broken,
      readFileSync(join(bundle, "compose.yaml"), "utf8").replace("depends_on:", "depend_on:"),
    );
    expect(validate(broken).status).toBe(1);
  });

  test("secrets are fetched into files for Airflow's group alone, and none is printed", () => {
    const output = execFileSync(join(programs, "python"), [join(bundle, "fetch_secrets.py"), secrets], {
      env: environment,
      encoding: "utf8",
    });
    expect(output).toBe("14 files written from 3 secrets\n");
    const read = (name: string): string => readFileSync(join(secrets, name), "utf8");
    expect(read("database_url")).toBe(
      "postgresql+psycopg2://airflow:planted%2Fdatabase%40password@postgres/airflow",
    );
    expect(read("result_backend")).toBe(
      "db+postgresql://airflow:planted%2Fdatabase%40password@postgres/airflow",
    );
    expect(read("broker_url")).toBe("redis://:planted-redis@redis:6379/0");
    expect(read("docker/docker_server1/key.pem")).toContain("PRIVATE KEY");
    expect(statSync(join(secrets, "fernet_key")).mode & 0o777).toBe(0o440);
  });

  test("a secret that lacks a field is named, and nothing is written of it", () => {
    keepSecret("tripclick-dev/airflow/docker-broken", { ca: "x" });
    const program = join(work, "broken.py");
    const text = readFileSync(join(bundle, "fetch_secrets.py"), "utf8");
    writeFileSync(
      program,
      text.replaceAll('"tripclick-dev/airflow/docker"', '"tripclick-dev/airflow/docker-broken"'),
    );
    const ended = spawnSync(join(programs, "python"), [program, join(work, "none")], {
      env: environment,
      encoding: "utf8",
    });
    expect(ended.stderr).toBe("secret tripclick-dev/airflow/docker-broken lacks cert, key\n");
    expect([ended.status, existsSync(join(work, "none"))]).toEqual([1, false]);
  });

  test("Airflow reads its key from the file that the compose file names", async () => {
    expect(lastLine(await airflow("config", "get-value", "core", "fernet_key"))).toBe(RUNTIME.fernet_key);
  });

  test("the pipeline is imported without errors, and an import error would be seen", async () => {
    await airflow("db", "migrate");
    const local = isSecond ? [] : ["--local"];
    expect(lastLine(await airflow("dags", "list-import-errors", ...local, "-o", "json"))).toBe("[]");
    const listed = JSON.parse(lastLine(await airflow("dags", "list", ...local, "-o", "json"))) as {
      dag_id: string;
    }[];
    expect(listed.map(({ dag_id }) => dag_id)).toEqual([DAG]);
    const broken = join(home, "dags", "broken.py");
    writeFileSync(broken, "from airflow import no_such_dag\n");
    const { status, stdout } = spawnSync(
      join(programs, "airflow"),
      ["dags", "list-import-errors", ...local, "-o", "json"],
      {
        env: environment,
        encoding: "utf8",
      },
    );
    rmSync(broken);
    expect([status, stdout]).toEqual([1, expect.stringContaining("no_such_dag")]);
  });

  test("15:00 in Seoul is 06:00 UTC, tasks come in the order of the spec, and texts are no files", async () => {
    const inspected = JSON.parse(
      lastLine(
        await run("python", join(import.meta.dirname, "inspect_dag.py"), join(home, "dags", `${DAG}.py`)),
      ),
    ) as Inspection;
    expect(inspected).toEqual({
      id: DAG,
      first_run: expect.stringMatching(/^2026-01-01T06:00:00/),
      ends_after: ["notify_completion"],
      after: {
        producer_server0: [],
        producer_server1: [],
        streaming_to_silver: [],
        batch_to_bronze_time: ["producer_server0", "producer_server1", "streaming_to_silver"],
        batch_to_bronze: ["batch_to_bronze_time"],
        etl_to_gold_time: ["batch_to_bronze"],
        etl_to_gold: ["etl_to_gold_time"],
        notify_completion: ["etl_to_gold"],
      },
      retries: [1],
      delay: [1],
      templates: [],
    });
  });

  test("a run does its work: containers over TLS, Spark in order, a message at the end", async () => {
    await airflow("dags", "test", DAG, "2026-01-05T15:00:00+09:00");
    expect(await taskStates()).toEqual({
      producer_server0: "success",
      producer_server1: "success",
      streaming_to_silver: "success",
      batch_to_bronze_time: "success",
      batch_to_bronze: "success",
      etl_to_gold_time: "success",
      etl_to_gold: "success",
      notify_completion: "success",
    });
    expect(docker.created.map(({ client }) => client)).toEqual(["client", "client"]);
    expect(docker.created.map(({ Cmd }) => Cmd[1]).sort()).toEqual([
      "/app/data/server0/date=2026-01-05/events.json",
      "/app/data/server1/date=2026-01-05/events.json",
    ]);
    const submitted = readFileSync(join(work, "spark.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as string[]);
    expect(submitted.map((args) => args.find((arg) => arg.endsWith(".py")))).toEqual([
      "/opt/airflow/files/jobs/streaming_to_silver.py",
      "/opt/airflow/files/jobs/batch_to_bronze.py",
      "/opt/airflow/files/jobs/etl_to_gold.py",
    ]);
    expect(submitted[1]).toEqual(
      expect.arrayContaining(["spark://spark.internal:7077", "--day", "2026-01-05"]),
    );
    expect(told.map((text) => (JSON.parse(text) as { text: string }).text)).toEqual([
      `${DAG} of 2026-01-05 is complete.`,
    ]);
  });

  test("whoever shows no certificate gets no answer from Docker", async () => {
    const check = join(REPOSITORY, "specs/orchestration/checks/refuses_strangers.py");
    const stranger = await execa("python3", [check, "localhost", String(docker.port)], { reject: false });
    expect([stranger.exitCode, stranger.stdout]).toEqual([0, expect.stringMatching(/^refused: /)]);
  });

  /** Not synchronous: what it talks to is served by this process. */
  async function run(program: string, ...args: readonly string[]): Promise<string> {
    const ended = await execa(join(programs, program), args, {
      env: environment,
      extendEnv: false,
      reject: false,
    });
    const output = `${ended.stdout.slice(-4000)}${ended.stderr.slice(-4000)}`;
    expect(ended.exitCode, `${program} ${args.join(" ")}\n${output}`).toBe(0);
    return ended.stdout;
  }

  function airflow(...args: readonly string[]): Promise<string> {
    return run("airflow", ...args);
  }

  /** What the compose file sets, but for the database and Celery, which `dags test` does without. */
  function composeSettings(): Record<string, string> {
    const { services } = parse(readFileSync(join(bundle, "compose.yaml"), "utf8")) as {
      readonly services: Readonly<Record<string, { readonly environment: Readonly<Record<string, string>> }>>;
    };
    const all = Object.entries(services["airflow-scheduler"]?.environment ?? {});
    const used = all.filter(([name]) => !/SQL_ALCHEMY|CELERY|EXECUTOR|EXECUTION_API/.test(name));
    return Object.fromEntries(
      used.map(([name, value]) => [name, value.replaceAll("$$", "$").replaceAll("/run/airflow", secrets)]),
    );
  }

  function keepSecret(name: string, value: Readonly<Record<string, unknown>>): void {
    const program =
      "import boto3,sys;boto3.client('secretsmanager',region_name='ap-northeast-2').create_secret(Name=sys.argv[1],SecretString=sys.stdin.read())";
    execFileSync(join(programs, "python"), ["-c", program, name], {
      env: environment,
      input: JSON.stringify(value),
    });
  }

  /** Airflow's own operator starts `spark-submit`: here it notes its arguments. */
  function standInForSpark(): void {
    mkdirSync(join(work, "programs"));
    writeFileSync(
      join(work, "programs", "spark-submit"),
      `#!${join(programs, "python")}\nimport json, os, sys\nopen(os.environ["SPARK_LOG"], "a").write(json.dumps(sys.argv[1:]) + "\\n")\n`,
      { mode: 0o755 },
    );
  }

  async function taskStates(): Promise<Readonly<Record<string, string>>> {
    const program =
      "import json,sqlite3,sys;print(json.dumps(dict(sqlite3.connect(sys.argv[1]).execute('select task_id, state from task_instance').fetchall())))";
    return JSON.parse(lastLine(await run("python", "-c", program, join(home, "airflow.db")))) as Record<
      string,
      string
    >;
  }
});

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

async function freePort(): Promise<number> {
  const server = createSocket();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 120; tries++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer) return;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`${url} does not answer`);
}
