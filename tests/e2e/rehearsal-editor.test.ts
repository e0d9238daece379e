import { afterAll, beforeAll, describe, expect, test } from "vitest";
import base from "../../schema/rehearsal.schema.json" with { type: "json" };
import { shippedModules } from "../../src/disk/shipped-modules.ts";
import { offeredTypes } from "../../src/generate/offered-types.ts";
import { rehearsalSchema } from "../../src/generate/rehearsal-schema.ts";
import { schemaText } from "../../src/generate/schema-text.ts";
import { completePlatform } from "../../src/spec/complete-platform.ts";
import { readSpec } from "../../src/spec/read-spec.ts";
import type { JsonObject } from "../../src/text/json.ts";
import { sourcesOf } from "../unit/stacks/platforms.ts";
import { type LanguageServer, startLanguageServer } from "./language-server.ts";

const SPEC = `version: 1
platform: d2b
terraform:
  providers:
    aws: { source: hashicorp/aws }
    aws.us: { config: { region: us-east-1 } }
    kubernetes: { source: hashicorp/kubernetes }
state: { backend: local }
environments: { core: { shared: true }, dev: {}, prod: { after: dev } }
`;

let server: LanguageServer;

beforeAll(async () => {
  const sources = sourcesOf({ "platform.yaml": SPEC });
  const { root } = await readSpec("platform.yaml", sources);
  const spec = completePlatform(root);
  const types = await offeredTypes(spec, sources, shippedModules());
  const environments = [...spec.environments.keys()];
  const schema = rehearsalSchema(base as unknown as JsonObject, { environments, types });
  server = await startLanguageServer(schemaText(schema));
});

afterAll(() => server.stop());

const labels = async (text: string): Promise<readonly string[]> =>
  (await server.complete(text)).map(({ label }) => label).filter((label) => !label.startsWith("!"));

describe("an editor of rehearsal.yaml offers", () => {
  test("its keys", async () => {
    expect(await labels("‸\n")).toEqual(["given", "environments"]);
  });
  test("the environments of the platform, and what each takes", async () => {
    expect(await labels("environments:\n  ‸\n")).toEqual(expect.arrayContaining(["core", "dev", "prod"]));
    expect(await labels("environments:\n  prod:\n    ‸\n")).toEqual(["given"]);
    expect(await labels("environments:\n  prod:\n    given:\n      ‸\n")).toContain("aws_vpc");
  });
  test("the types of the platform's providers, with what their ids are made of", async () => {
    const items = await server.complete("given:\n  ‸\n");
    const offered = items.map(({ label }) => label);
    expect(offered).toEqual(expect.arrayContaining(["aws_vpc", "aws_s3_bucket", "kubernetes_namespace_v1"]));
    expect(offered.filter((label) => label.startsWith("azurerm_"))).toEqual([]);
    const table = items.find(({ label }) => label === "aws_glue_catalog_table");
    expect(JSON.stringify(table?.documentation)).toContain("made of `database_name`, `name`");
  });
  test("the attributes of a type, and those in its blocks", async () => {
    expect(await labels("given:\n  aws_vpc:\n    - ‸\n")).toEqual(
      expect.arrayContaining(["id", "cidr_block", "default"]),
    );
    expect(await labels("given:\n  kubernetes_namespace_v1:\n    - metadata:\n        ‸\n")).toEqual(
      expect.arrayContaining(["name", "labels"]),
    );
  });
});

test("it says what a place is for", async () => {
  expect(await server.hover("gi‸ven:\n  aws_vpc: []\n")).toContain(
    "What others have made, by resource type.",
  );
});

const flagged = async (text: string): Promise<readonly string[]> =>
  (await server.diagnose(text)).map(({ message, range }) => `${range.start.line}: ${message}`).sort();

test("it flags unknown keys, values of another type, and what is no list", async () => {
  expect(await flagged("give: {}\n")).toEqual(["1: Property give is not allowed."]);
  expect(
    await flagged(`given:
  aws_vpc: { default: true }
  aws_s3_bucket: [old-logs]
  aws_subnet:
    - { map_public_ip_on_launch: [x] }
    - {}
`),
  ).toEqual([
    '2: Incorrect type. Expected "array".',
    '3: Incorrect type. Expected "object".',
    "5: Incorrect type. Expected one of boolean, string.",
    "6: Object has fewer properties than the required number of 1",
  ]);
});

test("it takes types and attributes that no pack has, and blocks as one or as several", async () => {
  expect(
    await flagged(`given:
  aws_vpc: [{ default: true, cidr_block: 172.31.0.0/16, newer: 1 }]
  aws_newer: [{ id: x }]
  kubernetes_namespace: [{ metadata: { name: team } }, { metadata: [{ name: other }] }]
  google_project: [{ number: 1 }]
environments: { later: { given: { aws_vpc: [{ id: vpc-1 }] } } }
`),
  ).toEqual([]);
});
