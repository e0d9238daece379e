import { describe, expect, test } from "vitest";
import { explanationToJson, renderExplanation } from "../../../src/reports/render-explanation.ts";
import { explainStack } from "../../../src/stacks/explain-stack.ts";
import { plainPaint } from "../../../src/text/paint.ts";
import { platformOf } from "./platforms.ts";

const MODULE = JSON.stringify({
  variable: {
    host: { type: "string" },
    size: { type: "number", default: 1 },
    tags: { type: "map(string)", default: { by: "module" } },
    key: { type: "string", default: "", sensitive: true },
    url: { type: "string", default: "" },
  },
  output: { id: { value: "x" } },
});

const platform = await platformOf(
  `version: 1
platform: p
state: { backend: s3, config: { bucket: "p-{{environment.name}}" } }
vars: { region: eu-west-1, db_credentials: hunter22 }
variables: { token: { sensitive: true } }
environments:
  dev:
    vars: { region: eu-north-1 }
    stacks: { web: { inputs: { size: 2, tags: { team: data } } } }
customers:
  acme:
    apps: [web]
    environments: { dev: { stacks: { web: { inputs: { size: 8 } } } } }
apps: { web: {} }
stacks:
  raw: { module: test/tiny }
  web:
    app: web
    per: customer
    module: test/web
    inputs:
      host: "{{customer.name}}.{{vars.region}}"
      size: 4
      key: "{{var.token}}"
      url: "db://u:{{vars.db_credentials}}@{{outputs.raw.id}}"
`,
  { "modules/test/web/main.tf.json": MODULE },
);
const web = platform.stackByAddress.get("dev/acme/web");
if (!web) throw new Error("there is no stack");

function explained(path?: string): string {
  const explanation = explainStack(platform, web!, path);
  if (explanation.status === "bad") return `${explanation.message}; ${explanation.hint}`;
  return renderExplanation(web!, explanation, plainPaint);
}

test("a value with all that it beat, the strongest first", () => {
  expect(explained("inputs.size")).toBe(`dev/acme/web  inputs.size
  8

  counts  specs/p/platform.yaml:13:61  customer 'acme' in 'dev'  8
  beaten  specs/p/platform.yaml:9:38   environment 'dev'         2
  beaten  specs/p/platform.yaml:23:13  stack 'web'               4
  beaten  modules/test/web             default of the module     1
`);
});

test("a template, as it was written and as it is", () => {
  expect(explained("inputs.host")).toBe(`dev/acme/web  inputs.host
  "acme.eu-north-1"

  counts  specs/p/platform.yaml:22:13  stack 'web'  "{{customer.name}}.{{vars.region}}"
`);
});

test("vars, and the state of the platform", () => {
  expect(explained("vars.region")).toBe(`dev/acme/web  vars.region
  "eu-north-1"

  counts  specs/p/platform.yaml:8:21  environment 'dev'  "eu-north-1"
  beaten  specs/p/platform.yaml:4:17  platform           "eu-west-1"
`);
  expect(explained("state.config.bucket")).toContain('"p-dev"\n');
});

test("a map that is set takes the place of the module's default", () => {
  expect(explained("inputs.tags")).toBe(`dev/acme/web  inputs.tags.team
  "data"

  counts  specs/p/platform.yaml:9:55  environment 'dev'  "data"
`);
});

describe("secrets", () => {
  test("are not shown by name, nor where another value holds them", () => {
    expect(explained("vars.db_credentials")).not.toContain("hunter22");
    for (const path of [undefined, "inputs", "state", "inputs.url"]) {
      expect(explained(path)).not.toMatch(/AKIA|hunter22/);
    }
  });
  test("by reference show the reference", () => {
    expect(explained("inputs.key")).toContain("  <variable token>\n");
    expect(explained("inputs.url")).toContain('"db://u:(hidden)@<id of dev/raw>"');
    const explanation = explainStack(platform, web!, undefined);
    expect(explanation.status).toBe("ok");
    const json = explanation.status === "ok" ? JSON.stringify(explanationToJson(explanation)) : "";
    expect(json).not.toMatch(/AKIA|hunter22/);
  });
});

test("defaults of platc where nothing is written", () => {
  expect(explained("stage")).toContain("default of platc");
});

test("the whole stack is a line for each value", () => {
  expect(explained()).toMatch(
    /^inputs\.size +8 .*customer 'acme' in 'dev', beats default of the module, stack 'web', environment 'dev'$/m,
  );
  expect(explained()).not.toMatch(/ {2}default of the module$/m);
});

test.each([
  ["inputs.hots", "nothing says 'inputs.hots' in 'dev/acme/web'; did you mean 'inputs.host'?"],
  ["host", "nothing says 'host' in 'dev/acme/web'; did you mean 'inputs.host'?"],
])("the unknown path %s", (path, expected) => expect(explained(path)).toBe(expected));

const SPELT = `version: 1
platform: p
state: { backend: local, key: "{{environment.name}}/{{stack.name}}" }
vars: { day: monday, size: 3, hosts: [a.example, "{{environment.name}}.example"] }
environments: { dev: { stacks: { web: { inputs: { tags: { "{{vars.day}}.x": "{{vars.day}} b" } } } } } }
stacks:
  raw: { module: test/tiny }
  web:
    module: test/web
    inputs_from: vars
    inputs:
      host: "{{join ',' vars.hosts}}"
      tags: { "{{vars.day}}.x": a, raw: "{{outputs.raw.id}}" }
    checks: { up: { http: { url: "http://{{environment.name}}/{{self.id}}", headers: { "x-{{vars.day}}": "{{vars.size}}" } } } }
`;

test.each([
  // Layers meet at the key as it is written, and it is shown as it is.
  ["inputs.tags.monday.x", '"monday b"', "environment 'dev'"],
  ["inputs.tags.raw", "<id of dev/raw>", "stack 'web'"],
  ["inputs.host", '"a.example,dev.example"', "stack 'web'"],
  ["inputs.size", "3", "'inputs_from: vars'"],
  ["vars.hosts[1]", '"dev.example"', "platform"],
  ["state.key", '"dev/web"', "platform"],
  ["checks.up.http.headers.x-monday", "3", "stack 'web'"],
  ["checks.up.http.url", '"http://dev/<own output id>"', "stack 'web'"],
])("the value at %s", async (path, value, origin) => {
  const spelt = await platformOf(SPELT, { "modules/test/web/main.tf.json": MODULE });
  const stack = spelt.stackByAddress.get("dev/web")!;
  const explanation = explainStack(spelt, stack, path);
  if (explanation.status === "bad") throw new Error(explanation.message);
  const [only, second] = explanationToJson(explanation);
  expect(second).toBeUndefined();
  expect(only).toMatchObject({ path: path.replace("[1]", ".1"), value });
  expect(only!.layers.at(-1)).toMatchObject({ origin, counts: true });
});
