import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { makeProject } from "../../run/project.ts";

const SECRET = `
variable "name" { type = string }
output "name" { value = var.name }
`;
const HOSTILE = String.raw`"]\n"); import os #' \${HOME} $(id) é🚀`;
const spec = (airflow: string): string => `version: 1
platform: t
state: { backend: local }
environments: { dev: {}, prod: {} }
vars: { region: eu-west-1 }
stacks:
  secrets:
    modules:
      runtime: { module: aws/secret, inputs: { name: "t-{{environment.name}}/runtime" } }
      docker: { module: aws/secret, inputs: { name: "t-{{environment.name}}/docker" } }
      spark: { module: aws/secret, inputs: { name: "t-{{environment.name}}/connections/spark" } }
pipelines:
  airflow: ${airflow}
  environments: [dev]
  region: "{{vars.region}}"
  secret: secrets.runtime
  admin_email: "a$b@example.com"
  files: [jobs]
  packages: ["pandas==2.2.3"]
  connections:
    host: { type: docker, host: host.internal, secret: secrets.docker }
    spark: { type: spark, secret: secrets.spark }
  dags:
    daily:
      description: ${JSON.stringify(HOSTILE)}
      schedule: { cron: 0 15 * * *, timezone: Asia/Seoul }
      start: 2026-01-01
      tasks:
        extract: { docker: { connection: host, image: "e:1", command: [${JSON.stringify(HOSTILE)}] } }
        load: { after: [extract], not_before: "17:30", timeout: 60, spark: { connection: spark, application: jobs/a.py } }
        tell: { after: [load], retries: 0, command: { run: [echo, ${JSON.stringify(HOSTILE)}] } }
`;
const project = makeProject({
  "platform.yaml": spec("3.3.2"),
  "modules/aws/secret/main.tf": SECRET,
  "jobs/a.py": "print(1)\n",
  "jobs/__pycache__/a.pyc": "x",
});
const BUNDLE = "out/t/dev/airflow";

afterAll(() => project.remove("."));

test("writes a bundle, the same each time, and says what it did", async () => {
  const first = await project.show("generate", "airflow", "dev");
  expect(first).toMatchObject({
    code: 0,
    stdout: `${BUNDLE}: 9 written, 0 removed, 0 unchanged\n`,
    stderr: "",
  });
  const { files } = JSON.parse(project.read(`${BUNDLE}/bundle.json`)) as { files: readonly string[] };
  expect(files).toEqual([
    ".dockerignore",
    "Dockerfile",
    "README.md",
    "compose.yaml",
    "dags/daily.py",
    "fetch_secrets.py",
    "files/jobs/a.py",
    "requirements.txt",
  ]);
  // One backslash ends a line; two are one that is escaped.
  expect(project.read(`${BUNDLE}/Dockerfile`)).toContain("RUN apt-get update \\\n  && apt-get install ");
  expect(await project.show("generate", "airflow", "dev")).toMatchObject({
    stdout: `${BUNDLE}: 0 written, 0 removed, 9 unchanged\n`,
  });
});

test("what users write stands in literals alone", () => {
  const dag = project.read(`${BUNDLE}/dags/daily.py`);
  expect(dag).toMatch(/^[\n -~]*$/);
  expect(dag.split("\n").filter((line) => line.includes("import os"))).toEqual([
    expect.stringMatching(
      /^ {4}description="\\"\]\\\\n\\"\); import os #' \\\\\$\{HOME\} \$\(id\) \\u00e9\\U0001f680",$/,
    ),
    expect.stringMatching(/^ {8}command=\["/),
    expect.stringMatching(/^ {8}bash_command=shlex\.join\(\["echo", "/),
  ]);
});

test("every service of the compose file has a healthcheck, and no password stands anywhere", () => {
  const { services } = composeOf();
  expect(Object.keys(services)).toEqual([
    "secrets",
    "postgres",
    "redis",
    "airflow-init",
    "airflow-apiserver",
    "airflow-scheduler",
    "airflow-dag-processor",
    "airflow-worker",
    "airflow-triggerer",
  ]);
  for (const [name, service] of Object.entries(services)) expect(service.healthcheck, name).toBeDefined();
  const settings = Object.values(services).flatMap(({ environment = {} }) => Object.entries(environment));
  const secret = settings.filter(([key]) => /PASSWORD|FERNET|SECRET_KEY|JWT|CONN|BROKER|RESULT/.test(key));
  expect(secret.length).toBeGreaterThan(8);
  expect(
    secret.filter(([key, value]) => !/_(CMD|FILE)$/.test(key) || !/^(cat )?\/run\/airflow\//.test(value)),
  ).toEqual([]);
  expect(services["airflow-init"]?.environment?.["ADMIN_EMAIL"]).toBe("a$$b@example.com");
});

test("--check passes, names what differs, and writes nothing", async () => {
  expect(await project.show("generate", "airflow", "dev", "--check")).toMatchObject({
    code: 0,
    stdout: `${BUNDLE} is current\n`,
  });
  project.write("platform.yaml", spec("2.10.5"));
  const differs = await project.show("generate", "airflow", "dev", "--check");
  expect(differs).toMatchObject({ code: 1, stdout: "" });
  expect(differs.stderr).toContain(
    `${BUNDLE} is not what the spec says: Dockerfile, README.md, compose.yaml, dags/daily.py, requirements.txt`,
  );
  expect(project.read(`${BUNDLE}/requirements.txt`)).toContain("apache-airflow==3.3.2\n");
});

test("Airflow 2 has other services and imports", async () => {
  await project.show("generate", "airflow", "dev");
  expect(Object.keys(composeOf().services).slice(4)).toEqual([
    "airflow-webserver",
    "airflow-scheduler",
    "airflow-worker",
    "airflow-triggerer",
  ]);
  expect(project.read(`${BUNDLE}/dags/daily.py`)).toContain(
    "from airflow.operators.bash import BashOperator\n",
  );
  expect(project.read(`${BUNDLE}/requirements.txt`)).toMatch(
    /^apache-airflow==2\.10\.5$[^]*^pandas==2\.2\.3$/m,
  );
});

test("a pipeline that left the spec leaves the bundle, and what others put there stays", async () => {
  project.write(`${BUNDLE}/dags/own.py`, "# mine\n");
  project.write("platform.yaml", spec("2.10.5").replace("    daily:", "    nightly:"));
  expect(await project.show("generate", "airflow", "dev")).toMatchObject({
    stdout: `${BUNDLE}: 3 written, 1 removed, 6 unchanged\n`,
  });
  expect(project.read(`${BUNDLE}/dags/own.py`)).toBe("# mine\n");
  expect(() => readFileSync(join(project.root, BUNDLE, "dags/daily.py"))).toThrow();
  project.write("platform.yaml", spec("2.10.5").replace("    daily:", "    own:"));
  const refused = await project.show("generate", "airflow", "dev");
  expect(refused).toMatchObject({ code: 1 });
  expect(refused.stderr).toContain(`platc did not write 'dags/own.py' in ${BUNDLE}`);
});

test.each([
  ["stage", "there is no environment 'stage'", 64],
  ["prod", "environment 'prod' has no pipelines", 1],
])("%s: %s", async (environment, message, due) => {
  const { code, stderr } = await project.show("generate", "airflow", environment);
  expect(code).toBe(due);
  expect(stderr).toContain(message);
});

test("files that are not there are named", async () => {
  project.write("platform.yaml", spec("3.3.2").replace("files: [jobs]", "files: [jbos]"));
  const { code, stderr } = await project.show("generate", "airflow", "dev", "--out", "elsewhere");
  expect([code, stderr]).toEqual([
    1,
    expect.stringContaining("there is no file or folder 'jbos' beside the spec"),
  ]);
});

interface Service {
  readonly environment?: Readonly<Record<string, string>>;
  readonly healthcheck?: unknown;
}

function composeOf(): { readonly services: Readonly<Record<string, Service>> } {
  return parse(project.read(`${BUNDLE}/compose.yaml`)) as {
    readonly services: Readonly<Record<string, Service>>;
  };
}
