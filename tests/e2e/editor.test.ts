import { afterAll, beforeAll, describe, expect, test } from "vitest";
import baseSchema from "../../schema/platform.schema.json" with { type: "json" };
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import { offeredModules } from "../../src/generate/offered-modules.ts";
import { platformSchema } from "../../src/generate/platform-schema.ts";
import { completePlatform } from "../../src/spec/complete-platform.ts";
import { readSpec } from "../../src/spec/read-spec.ts";
import type { JsonObject } from "../../src/text/json.ts";
import { sourcesOf } from "../unit/stacks/platforms.ts";
import { type LanguageServer, startLanguageServer } from "./language-server.ts";

const SPEC = `version: 1
platform: d2b
state: { backend: local }
vars: { region: eu-west-1 }
variables: { password: { sensitive: true } }
environments: { global: { shared: true }, dev: {}, prod: { after: dev } }
customers: { acme: { apps: [superset] } }
apps: { superset: {}, hive: {} }
stacks:
  raw: { description: The raw layer., module: aws/bucket, inputs: { name: raw } }
  functions:
    modules: { ingestion: { module: aws/function } }
`;

const BUCKET = {
  variable: {
    name: { type: "string", description: "Name of the bucket, unique in all of AWS." },
    versioning: { type: "bool", default: false, description: "Keep earlier versions." },
    rules: { type: "list(object({ days = number, prefix = optional(string) }))", default: [] },
  },
  output: { arn: { value: "x", description: "ARN of the bucket." }, id: { value: "x" } },
};
const FUNCTION = { variable: { handler: { type: "string" } }, output: { url: { value: "x" } } };

let server: LanguageServer;

beforeAll(async () => {
  const sources = sourcesOf({
    "specs/d2b/platform.yaml": SPEC,
    "modules/aws/bucket/main.tf.json": JSON.stringify(BUCKET),
    "modules/aws/bucket/README.md": "# aws/bucket\n\nA private bucket.\n\n## Inputs\n",
    "modules/aws/bucket-policy/main.tf.json": JSON.stringify({ variable: { statements: { type: "any" } } }),
    "modules/aws/function/main.tf.json": JSON.stringify(FUNCTION),
  });
  const { root } = await readSpec("specs/d2b/platform.yaml", sources);
  const modules = await offeredModules(sources, parseHcl);
  const schema = platformSchema(baseSchema as unknown as JsonObject, completePlatform(root), modules);
  server = await startLanguageServer(JSON.stringify(schema));
});

afterAll(() => server.stop());

const HEAD = "version: 1\nplatform: d2b\nstate: { backend: local }\n";
const DEV = `${HEAD}environments: { dev: {} }\n`;

/** What is offered, without the tags that every place takes. */
async function offered(text: string): Promise<readonly string[]> {
  const items = await server.complete(text);
  return items.map((item) => item.label).filter((label) => !label.startsWith("!"));
}

describe("names", () => {
  test("of environments", async () => {
    expect(await offered(`${HEAD}environments:\n  qa:\n    after: ‸\n`)).toEqual(["global", "dev", "prod"]);
    expect(await offered(`${DEV}customers:\n  acme:\n    environments:\n      ‸\n`)).toEqual(
      expect.arrayContaining(["global", "dev", "prod"]),
    );
    expect(await offered(`${DEV}stacks:\n  raw:\n    environments:\n      - ‸\n`)).toEqual([
      "global",
      "dev",
      "prod",
    ]);
  });
  test("of apps, stages and stacks", async () => {
    expect(await offered(`${DEV}stacks:\n  raw:\n    app: ‸\n`)).toEqual(["superset", "hive"]);
    expect(await offered(`${DEV}stacks:\n  raw:\n    stage: ‸\n`)).toEqual([
      "provision",
      "configure",
      "deploy",
      "test",
    ]);
    expect(await offered(`${DEV}stacks:\n  new:\n    after: [‸]\n`)).toEqual(
      expect.arrayContaining(["raw", "functions"]),
    );
    expect(await offered(`${HEAD}environments:\n  dev:\n    stacks:\n      ‸\n`)).toEqual([
      "raw",
      "functions",
    ]);
  });
  test("of modules, with what they are", async () => {
    const items = await server.complete(`${DEV}stacks:\n  new:\n    module: ‸\n`);
    const bucket = items.find((item) => item.label === "aws/bucket");
    expect(items.map((item) => item.label)).toEqual(
      expect.arrayContaining(["aws/bucket", "aws/bucket-policy", "aws/function"]),
    );
    expect(JSON.stringify(bucket?.documentation)).toContain("A private bucket.");
  });
});

test("the keys of a stack", async () => {
  const keys = await offered(`${DEV}stacks:\n  new:\n    ‸\n`);
  expect(keys).toEqual(
    expect.arrayContaining(["module", "inputs", "per", "app", "stage", "after", "checks"]),
  );
  expect(keys).not.toContain("aws/bucket");
});

describe("inputs", () => {
  test("are those of the chosen module, with documentation", async () => {
    const items = await server.complete(
      `${DEV}stacks:\n  new:\n    module: aws/bucket\n    inputs:\n      ‸\n`,
    );
    const inputs = items.filter((item) => !item.label.startsWith("!"));
    expect(inputs.map((item) => item.label)).toEqual(["name", "versioning", "rules"]);
    expect(inputs[0]?.documentation).toEqual({
      kind: "markdown",
      value: "Name of the bucket, unique in all of AWS.\n\n`string`\n\n**Required.**",
    });
  });
  test("are not those of a module whose name begins alike", async () => {
    const place = "stacks:\n  new:\n    module: aws/bucket-policy\n    inputs:\n      ‸\n";
    expect(await offered(DEV + place)).toEqual(["statements"]);
  });
  test("in several calls", async () => {
    const place =
      "stacks:\n  new:\n    modules:\n      one:\n        module: aws/function\n        inputs:\n          ‸\n";
    expect(await offered(DEV + place)).toEqual(["handler"]);
  });
  test("in a layer, where the module stands below it", async () => {
    const raw = "environments:\n  dev:\n    stacks:\n      raw:\n        inputs:\n          ‸\n";
    expect(await offered(HEAD + raw)).toEqual(["name", "versioning", "rules"]);
    const call =
      "environments:\n  dev:\n    stacks:\n      functions:\n        modules:\n          ingestion:\n            inputs:\n              ‸\n";
    expect(await offered(HEAD + call)).toEqual(["handler"]);
  });
  test("and the attributes of objects in them", async () => {
    const place = "stacks:\n  new:\n    module: aws/bucket\n    inputs:\n      rules:\n        - ‸\n";
    expect(await offered(DEV + place)).toEqual(expect.arrayContaining(["days", "prefix"]));
  });
});

describe("references", () => {
  const place = (value: string): string =>
    `${DEV}stacks:\n  new:\n    module: aws/function\n    inputs:\n      handler: ${value}\n`;
  test("to outputs, vars and variables, in quotes, with what the output is", async () => {
    const items = await server.complete(place("‸"));
    const arn = items.find((item) => item.label.includes("outputs.raw.arn"));
    expect(items.map((item) => item.label)).toEqual(
      expect.arrayContaining([
        '"{{outputs.raw.arn}}"',
        '"{{outputs.functions.ingestion.url}}"',
        '"{{vars.region}}"',
        '"{{var.password}}"',
        '"{{environment.name}}"',
      ]),
    );
    expect(arn?.textEdit?.newText.replaceAll("\\", "")).toBe('"{{outputs.raw.arn}}"');
    expect(JSON.stringify(arn?.documentation)).toContain("ARN of the bucket.");
  });
  test("replace quotes that are there already", async () => {
    const items = await server.complete(place('"{{out‸"'));
    const arn = items.find((item) => item.label.includes("outputs.raw.arn"));
    const column = "      handler: ".length;
    expect(arn?.textEdit).toMatchObject({
      range: { start: { character: column }, end: { character: column + '"{{out"'.length } },
    });
  });
});

test("hover tells what an input is", async () => {
  const text = await server.hover(
    `${DEV}stacks:\n  new:\n    module: aws/bucket\n    inputs:\n      vers‸ioning: true\n`,
  );
  expect(text).toContain("Keep earlier versions.\n\n`bool`\n\nDefault: `false`");
});

describe("diagnostics", () => {
  const messages = async (text: string): Promise<readonly string[]> =>
    (await server.diagnose(text)).map(({ message, range }) => `${range.start.line}: ${message}`).sort();
  test("flag misspelt keys and inputs, and values of another type", async () => {
    expect(
      await messages(`${HEAD}environments:
  dev: { aproval: manual }
stacks:
  new:
    module: aws/bucket
    inputs: { nam: x, versioning: perhaps }
`),
    ).toEqual([
      "5: Property aproval is not allowed.",
      '9: Incorrect type. Expected "boolean | null".',
      "9: Property nam is not allowed.",
    ]);
  });
  test("take names and modules that are not there yet, templates and tags", async () => {
    expect(
      await messages(`${HEAD}environments:
  dev:
    stacks:
      raw: { inputs: { versioning: !unset , rules: !unset , name: !raw "{{ jinja }}" } }
      newer: { stage: later }
stacks:
  raw: { module: aws/bucket, inputs: { name: 5, versioning: "{{vars.on}}", rules: "{{outputs.x.rules}}" } }
  newer: { module: aws/unwritten, after: [raw, { stack: other }], inputs: { anything: 1 } }
`),
    ).toEqual([]);
  });
});
