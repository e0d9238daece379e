import { afterAll, expect, test } from "vitest";
import { parse } from "yaml";
import { makeProject } from "../../run/project.ts";

const DATABASE = `
variable "name" { type = string }
variable "extensions" {
  type    = list(string)
  default = ["hstore"]
}
variable "settings" {
  type    = map(string)
  default = { "shared.buffers" = "1GB" }
}
output "name" { value = var.name }
`;
const HOSTILE = 'a$b${C}: "é\\ \n<&>';
/** A platform of another kind than the committed ones: queues and workers, with a stack per customer. */
const spec = `version: 1
platform: shop
state: { backend: local }
environments: { dev: {}, prod: {} }
customers:
  zeta: { apps: [worker], vars: { level: debug } }
  acme: { apps: [worker, board] }
  idle: { environments: { prod: {} }, apps: [worker] }
apps:
  worker: { image: { context: images/worker } }
  board: {}
vars: { level: info, hostile: ${JSON.stringify(HOSTILE)} }
stacks:
  database:
    per: customer
    modules:
      main: { module: pg/database, inputs: { name: "{{customer.name}}_{{environment.name}}", settings: { timezone: UTC } } }
  worker: { app: worker, per: customer, outputs: { name: { value: "{{outputs.database.main.name}}" } } }
  board: { app: board, per: customer, outputs: { name: { value: a } } }
compose:
  environments: [dev]
  services:
    queue:
      description: The queue | of all.
      image: "rabbitmq:4.1.4"
      ports: [{ container: 5672, host: 15672 }]
      volumes: { queue: /var/lib/rabbitmq }
      healthcheck: { run: [rabbitmq-diagnostics, ping], interval: 10, timeout: 9, attempts: 6 }
      memory: 512m
    migrate:
      per: customer
      app: worker
      job: true
      after: [queue]
      user: "0:0"
      entrypoint: [sh, -c]
      command: ["echo \\"$NAME\\""]
      environment: { NAME: "{{inputs.database.main.name}}", EXTENSIONS: "{{join ',' inputs.database.main.extensions}}" }
    worker:
      description: Works.
      per: customer
      app: worker
      after: [migrate, queue]
      environment: { LEVEL: "{{vars.level}}", QUEUE: "amqp://{{services.queue}}:5672", HOSTILE: "{{vars.hostile}}" }
      ports: [8000]
      files:
        /etc/worker/worker.properties:
          properties: ["{{inputs.database.main.settings}}", { hostile name: "{{vars.hostile}}", timezone: null, on: true }]
        /etc/worker/worker.xml: { hadoop: { hostile: "{{vars.hostile}}" } }
        /etc/worker/board.txt: { app: board, text: "{{customer.name}} on {{services.queue}}" }
        /srv/code: { source: images/worker }
      healthcheck: image
    gate:
      image: "nginx:1.29.1"
      after: [worker]
      healthcheck: image
      files:
        "/etc/gate/{{customer.name}}.json":
          per: customer
          app: worker
          json: { to: "http://{{services.worker}}:8000", level: "{{vars.level}}" }
`;
const BUNDLE = "out/shop/dev/compose";
const project = makeProject({
  "platform.yaml": spec,
  "modules/pg/database/main.tf": DATABASE,
  "images/worker/Dockerfile": "FROM scratch\n",
});

afterAll(() => project.remove("."));

test("writes the compose file, what services are configured by, and a page; the same each time", async () => {
  expect(await project.show("generate", "compose", "dev")).toMatchObject({
    code: 0,
    stdout: `${BUNDLE}: 10 written, 0 removed, 0 unchanged\n`,
    stderr: "",
  });
  const { files } = JSON.parse(project.read(`${BUNDLE}/bundle.json`)) as { files: readonly string[] };
  expect(files).toEqual([
    "README.md",
    "compose.yaml",
    "files/acme-worker/etc/worker/board.txt",
    "files/acme-worker/etc/worker/worker.properties",
    "files/acme-worker/etc/worker/worker.xml",
    "files/gate/etc/gate/acme.json",
    "files/gate/etc/gate/zeta.json",
    "files/zeta-worker/etc/worker/worker.properties",
    "files/zeta-worker/etc/worker/worker.xml",
  ]);
  for (const path of ["compose.yaml", "README.md"])
    await expect(project.read(`${BUNDLE}/${path}`)).toMatchFileSnapshot(`expected/compose/${path}`);
  expect(await project.show("generate", "compose", "dev")).toMatchObject({
    stdout: `${BUNDLE}: 0 written, 0 removed, 10 unchanged\n`,
  });
});

test("what users write arrives as they wrote it, and files say what stacks are given", () => {
  const { services } = parse(project.read(`${BUNDLE}/compose.yaml`)) as {
    services: Record<string, { environment?: Record<string, string> }>;
  };
  expect(services["zeta-worker"]?.environment).toEqual({
    HOSTILE: HOSTILE.replaceAll("$", "$$$$"),
    LEVEL: "debug",
    QUEUE: "amqp://queue:5672",
  });
  expect(services["acme-migrate"]?.environment).toEqual({ EXTENSIONS: "hstore", NAME: "acme_dev" });
  const read = (path: string): string => project.read(`${BUNDLE}/files/${path}`);
  expect(read("acme-worker/etc/worker/worker.properties").split("\n").slice(1)).toEqual([
    'hostile\\ name=a$b${C}: "\\u00e9\\\\ \\n<&>',
    "on=true",
    "",
  ]);
  expect(read("acme-worker/etc/worker/worker.xml")).toContain(
    '<property><name>hostile</name><value>a$b${C}: "é\\ \n&lt;&amp;&gt;</value></property>',
  );
  expect(read("acme-worker/etc/worker/board.txt")).toBe("acme on queue");
  expect(JSON.parse(read("gate/etc/gate/zeta.json"))).toEqual({
    to: "http://zeta-worker:8000",
    level: "debug",
  });
});

test("elsewhere, the way to what lies beside the spec is another one", async () => {
  await project.show("generate", "compose", "dev", "--out", "elsewhere");
  const text = project.read("elsewhere/compose.yaml");
  expect(text).toContain('context: "../images/worker"');
  expect(text).toContain('source: "../images/worker"');
});

test("--check passes, names what differs, and writes nothing", async () => {
  expect(await project.show("generate", "compose", "dev", "--check")).toMatchObject({
    code: 0,
    stdout: `${BUNDLE} is current\n`,
  });
  project.write("platform.yaml", spec.replace("{{customer.name}}_{{", "db_{{customer.name}}_{{"));
  const differs = await project.show("generate", "compose", "dev", "--check");
  expect(differs).toMatchObject({ code: 1, stdout: "" });
  expect(differs.stderr).toContain(`${BUNDLE} is not what the spec says: compose.yaml\n`);
  project.write("platform.yaml", spec);
});

test.each([
  ["stage", spec, "there is no environment 'stage'", "the environments are 'dev', 'prod'"],
  ["prod", spec, "environment 'prod' is not run on the own machine", "name it under 'compose.environments'"],
  [
    "dev",
    spec.replace(/^compose:[^]*/m, ""),
    "environment 'dev' is not run on the own machine",
    "the spec has no 'compose'",
  ],
  [
    "dev",
    spec.replace("source: images/worker", "source: images/wroker"),
    "there is no file or folder 'images/wroker'",
    "mend 'source'",
  ],
])("%s: what cannot be written is refused", async (environment, text, message, hint) => {
  project.write("platform.yaml", text);
  const { code, stderr } = await project.show("generate", "compose", environment);
  project.write("platform.yaml", spec);
  expect([code, stderr]).toEqual([environment === "stage" ? 64 : 1, expect.stringContaining(message)]);
  expect(stderr).toContain(hint);
});
