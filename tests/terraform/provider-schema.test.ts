import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyse } from "../../src/compile.ts";
import { diskSources } from "../../src/disk/disk-sources.ts";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import { findSchemas, type FoundSchemas, type SchemaSearch } from "../../src/rehearsal/find-schema.ts";
import { schemaNeeds } from "../../src/rehearsal/schema-needs.ts";
import type { SchemaNeed } from "../../src/rehearsal/schema-origin.ts";
import { findTerraform, type FoundTerraform } from "../../src/terraform/find-terraform.ts";
import { hostPlatform } from "../../src/terraform/host-platform.ts";
import { findProviderMirrors } from "../../src/terraform/provider-mirror.ts";

const AWS = "registry.terraform.io/hashicorp/aws";
const PACKS = join(process.cwd(), "schema", "providers");
const places = {
  environment: process.env,
  home: homedir(),
  project: process.cwd(),
  platform: hostPlatform(),
};
const { mirrors } = findProviderMirrors(places);
const held = mirrors.flatMap(({ providers }) => providers).find(({ source }) => source === AWS);
const lacksAws = held === undefined;

let folder: string;
let terraform: FoundTerraform;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "platc-schemas-"));
  const found = await findTerraform({ environment: process.env, constraint: ">= 1.10" });
  if (found.status === "missing") throw new Error(found.message);
  // The sources below are those of Terraform's own registry.
  terraform = { ...found, flavour: "terraform" };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.skipIf(lacksAws)("the schema of an installed provider is asked for once, cut and kept", async () => {
  const environment = { ...process.env, XDG_CACHE_HOME: join(folder, "cache") };
  const told: string[] = [];
  const find = async (types: Partial<SchemaNeed>, path = terraform.path): Promise<FoundSchemas> =>
    search({
      needs: [need("hashicorp/aws", types)],
      tools: { mirrors, terraform: { ...terraform, path } },
      environment,
      tell: (message) => told.push(message),
    });
  const first = await find({ resources: ["aws_s3_bucket"], ephemerals: ["aws_kms_secrets"] });
  expect(first.problems).toEqual([]);
  expect(told).toEqual([`Reading the schema of ${AWS} ${held!.version}, once`]);
  const [{ schema, origin, overlay }] = first.schemas as [FoundSchemas["schemas"][number]];
  expect([...schema.resources.keys()]).toEqual(["aws_s3_bucket"]);
  expect([...schema.ephemerals.keys()]).toEqual(["aws_kms_secrets"]);
  expect(schema.resources.get("aws_s3_bucket")!.block.attributes.get("arn")).toMatchObject({
    type: { kind: "plain", type: "string" },
    isComputed: true,
    isOptional: false,
  });
  expect(overlay?.resources.get("aws_s3_bucket")?.id).toBe("{bucket}");
  expect(origin).toEqual({
    kind: "captured",
    source: "hashicorp/aws",
    version: held!.version,
    hash: origin.hash,
    from: "the installed provider",
    files: [],
    isExact: true,
  });
  expect(origin.hash).toMatch(/^[0-9a-f]{64}$/);

  // Neither the same types nor others start a Terraform again: there is none at this path.
  const nowhere = join(folder, "no-terraform");
  const again = await find({ resources: ["aws_s3_bucket"], ephemerals: ["aws_kms_secrets"] }, nowhere);
  expect(again.schemas[0]).toEqual(first.schemas[0]);
  const others = await find({ resources: ["aws_iam_role"], dataSources: ["aws_region"] }, nowhere);
  expect(others.notes).toEqual([]);
  expect([...others.schemas[0]!.schema.dataSources.keys()]).toEqual(["aws_region"]);
  expect(told).toHaveLength(1);

  const cached = join(environment.XDG_CACHE_HOME, "platc", "schemas", AWS, held!.version);
  const names = readdirSync(cached).sort();
  expect(names.filter((name) => /^[0-9a-f]{16}\.json$/.test(name))).toHaveLength(2);
  expect(names.filter((name) => name.endsWith(".gz"))).toEqual(["whole.json.gz"]);
  expect(names).toHaveLength(3);

  const slip = await find(
    { resources: ["aws_s3_bukcet", "aws_s3_bucket"], dataSources: ["aws_nowhere"] },
    nowhere,
  );
  expect(slip.schemas).toEqual([]);
  expect(slip.problems).toEqual([
    {
      source: "hashicorp/aws",
      types: ["aws_s3_bukcet", "data.aws_nowhere"],
      message: `'hashicorp/aws' cannot be rehearsed: the installed provider (${held!.version}) has no 'aws_s3_bukcet', 'data.aws_nowhere'`,
      hint: expect.stringMatching(
        /^'aws_s3_bukcet': did you mean 'aws_s3_bucket'\? Write the type's name as the provider's documentation has it/,
      ) as string,
    },
  ]);

  // A cache that was cut short is made anew.
  for (const name of names) writeFileSync(join(cached, name), "{");
  const mended = await find({ resources: ["aws_s3_bucket"], ephemerals: ["aws_kms_secrets"] });
  expect(mended.schemas[0]).toEqual(first.schemas[0]);
  expect(told).toHaveLength(2);
});

test("a provider that cannot be read is rehearsed from its pack, and a note says why", async () => {
  const mirror = join(folder, "broken");
  const binary = join(mirror, "registry.terraform.io/hashicorp/random/3.7.2", hostPlatform());
  mkdirSync(binary, { recursive: true });
  writeFileSync(join(binary, "terraform-provider-random_v3.7.2"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
  const found = findProviderMirrors({ ...places, environment: { PLATC_PROVIDER_MIRROR: mirror } });
  const result = await search({
    needs: [need("hashicorp/random", { resources: ["random_pet"] })],
    tools: { mirrors: found.mirrors, terraform },
    environment: { ...process.env, XDG_CACHE_HOME: join(folder, "cache") },
  });
  expect(result.schemas[0]?.origin).toMatchObject({ kind: "pack", version: "3.7.2" });
  expect(result.notes).toEqual([
    {
      message: expect.stringMatching(
        /^The schema of registry\.terraform\.io\/hashicorp\/random 3\.7\.2 could not be read from the mirror '.*broken': /,
      ) as string,
      hint: "A pack of its schema is looked for in its place.",
    },
  ]);
});

test("without the provider, its pack serves the types in use", async () => {
  const { schemas, problems } = await search({
    needs: [
      need("hashicorp/azurerm", {
        resources: ["azurerm_subnet"],
        dataSources: ["azurerm_client_config"],
        constraints: ["~> 4.50"],
      }),
      need("hashicorp/helm", {}),
    ],
  });
  expect(problems).toEqual([]);
  expect(schemas.map(({ origin: { hash: _hash, ...origin } }) => origin)).toEqual([
    {
      kind: "pack",
      source: "hashicorp/azurerm",
      version: "4.55.0",
      from: "a pack, from @cdktf/provider-azurerm 14.23.1",
      files: [join(PACKS, "hashicorp/azurerm.json")],
      isExact: false,
    },
    {
      kind: "pack",
      source: "hashicorp/helm",
      version: "3.1.1",
      from: "a pack, from @cdktf/provider-helm 12.1.2",
      files: [join(PACKS, "hashicorp/helm.json")],
      isExact: false,
    },
  ]);
  expect([...schemas[0]!.schema.resources.keys()]).toEqual(["azurerm_subnet"]);
  expect(schemas[1]!.schema.provider.attributes.get("kubernetes")?.type.kind).toBe("nested");
});

test("the project's own packs and overlays come before those of platc", async () => {
  const own = join(folder, "own");
  mkdirSync(join(own, "hashicorp"), { recursive: true });
  const pack = JSON.parse(readFileSync(join(PACKS, "hashicorp/random.json"), "utf8")) as object;
  writeFileSync(join(own, "hashicorp/random.json"), JSON.stringify({ ...pack, version: "3.8.0" }));
  const { schemas } = await search({
    needs: [need("hashicorp/random", { resources: ["random_pet"] })],
    packFolders: [own, PACKS],
  });
  expect(schemas[0]?.origin.version).toBe("3.8.0");
  expect(schemas[0]?.overlay?.resources.get("random_pet")?.forceNew).toContain("length");
});

test("an overlay that was written for other versions is told, and what differs in one is that version's", async () => {
  const own = join(folder, "versions");
  mkdirSync(join(own, "acme"), { recursive: true });
  const block = { attributes: { name: { type: "string", optional: true } } };
  const pack = {
    source: "acme/shop",
    origin: { kind: "provider" },
    licence: "MPL-2.0",
    notice: "",
    made: "",
  };
  const overlay =
    "source: acme/shop\nholds_for: '< 5.0'\nresources: { shop_order: { defaults: { name: a } } }\n" +
    "versions: { '>= 4.5': { resources: { shop_order: { defaults: { name: b } } } } }\n";
  writeFileSync(join(own, "acme/shop.overlay.yaml"), overlay);
  const found = async (version: string) => {
    const text = { ...pack, version, provider: {}, resource_schemas: { shop_order: { block } } };
    writeFileSync(join(own, "acme/shop.json"), JSON.stringify(text));
    const needs = [need("acme/shop", { resources: ["shop_order"] })];
    const { schemas, notes } = await search({ needs, packFolders: [own] });
    const { defaults } = schemas[0]!.overlay!.resources.get("shop_order")!;
    return { defaults, notes: notes.map(({ message }) => message) };
  };
  expect(await found("4.4.0")).toEqual({ defaults: { name: "a" }, notes: [] });
  expect(await found("4.5.0")).toEqual({ defaults: { name: "b" }, notes: [] });
  const told =
    "What a rehearsal knows of 'acme/shop' beside its schema is that of < 5.0, and 5.1.0 is used: replacements and defaults may be others";
  expect(await found("5.1.0")).toEqual({ defaults: { name: "b" }, notes: [told] });
});

test("what is in no pack, or in another version, is refused with what to do", async () => {
  const broken = join(folder, "bad");
  cpSync(join(PACKS, "hashicorp"), join(broken, "hashicorp"), { recursive: true });
  writeFileSync(join(broken, "hashicorp/tls.json"), "{");
  writeFileSync(join(broken, "hashicorp/null.overlay.yaml"), "source: hashicorp/null\nresource: {}\n");
  const { schemas, problems } = await search({
    needs: [
      need("acme/shop", { resources: ["shop_order"], constraints: ["~> 1.0"] }),
      need("hashicorp/azurerm", { resources: ["azurerm_subnet", "azurerm_subnett"] }),
      need("hashicorp/helm", { resources: ["helm_release"], constraints: ["~> 2.0"] }),
      need("hashicorp/kubernetes", { resources: ["kubernetes_namespace"] }),
      need("hashicorp/null", { resources: ["null_resource"] }),
      need("hashicorp/random", { ephemerals: ["random_bytes"] }),
      need("hashicorp/tls", { resources: ["tls_private_key"] }),
      need("../../hashicorp/tls", { resources: ["tls_private_key"] }),
    ],
    lockedVersions: new Map([["registry.terraform.io/hashicorp/kubernetes", "2.37.0"]]),
    packFolders: [broken],
  });
  expect(schemas).toEqual([]);
  expect(problems.map(({ message }) => message.replaceAll(broken, "PACKS"))).toEqual([
    "'acme/shop' cannot be rehearsed: it is not installed in version ~> 1.0, and there is no pack of its schema",
    "'hashicorp/azurerm' cannot be rehearsed: the pack of its schema (4.55.0) has no 'azurerm_subnett'",
    "'hashicorp/helm' cannot be rehearsed: the pack of its schema is 3.1.1, and the platform asks for '~> 2.0'",
    "'hashicorp/kubernetes' cannot be rehearsed: the pack of its schema is 2.38.0, and the platform is locked to 2.37.0",
    "PACKS/hashicorp/null.overlay.yaml:2: unknown key 'resource': an overlay has 'source', 'holds_for', 'settings', 'parts', 'parents', 'protections', 'resources', 'data', 'ephemeral' and 'versions'",
    "'hashicorp/random' cannot be rehearsed: the pack of its schema (3.7.2) has no 'ephemeral.random_bytes'",
    expect.stringMatching(/^'PACKS\/hashicorp\/tls\.json' is not JSON: /),
    "'../../hashicorp/tls' cannot be rehearsed: it is not installed, and there is no pack of its schema",
  ]);
  const hints = problems.map(({ hint }) => hint);
  expect(hints[0]).toContain("put acme/shop into a mirror: '.platc/providers' ('terraform providers mirror");
  expect(hints[0]).toContain("or a folder that PLATC_PROVIDER_MIRROR names");
  expect(problems.map(({ types }) => types)).toEqual([
    undefined,
    ["azurerm_subnett"],
    undefined,
    undefined,
    undefined,
    ["ephemeral.random_bytes"],
    undefined,
    undefined,
  ]);
  expect(hints[0]).toMatch(
    /^'platc rehearsal pack acme\/shop' makes what is missing from a package on npm; /,
  );
  expect(hints[1]).toMatch(
    /^'azurerm_subnett': did you mean 'azurerm_subnet'\? If not, 'platc rehearsal pack /,
  );
  expect(hints[3]).toContain("put hashicorp/kubernetes 2.37.0 into a mirror");
  expect(hints[5]).toMatch(
    /^Few packages tell of ephemeral resources: put hashicorp\/random 3\.7\.2 into a mirror: /,
  );
  expect(problems.map(({ order }) => order)).toEqual([
    { types: ["shop_order"], constraints: ["~> 1.0"] },
    { types: ["azurerm_subnett"], version: "4.55.0", constraints: [] },
    { types: ["helm_release"], constraints: ["~> 2.0"] },
    { types: ["kubernetes_namespace"], version: "2.37.0", constraints: [] },
    undefined,
    { types: ["ephemeral.random_bytes"], version: "3.7.2", constraints: [] },
    undefined,
    { types: ["tls_private_key"], constraints: [] },
  ]);
});

test("what the D2b platform needs is in the pack of aws, as the provider itself has it", async ({ skip }) => {
  const { platform } = await analyse(diskSources("."), { spec: "specs/d2b/platform.yaml", parseHcl });
  const needs = schemaNeeds(platform!, platform!.stacks);
  expect(needs.map(({ source, constraints }) => [source, constraints.length > 0])).toEqual([
    ["hashicorp/aws", true],
  ]);
  const [{ resources }] = needs as [SchemaNeed];
  expect(resources).toEqual(expect.arrayContaining(["aws_glue_job", "aws_lambda_function", "aws_s3_bucket"]));
  const packed = await search({ needs });
  expect(packed.problems).toEqual([]);
  expect(packed.schemas[0]!.origin).toMatchObject({
    kind: "pack",
    isExact: true,
    from: "a pack, captured from the provider",
  });
  skip(held?.version !== packed.schemas[0]!.origin.version, "no mirror holds the provider of the pack");
  const captured = await search({
    needs,
    tools: { mirrors, terraform },
    environment: { ...process.env, XDG_CACHE_HOME: join(folder, "cache") },
  });
  expect(packed.schemas[0]!.schema).toEqual(captured.schemas[0]!.schema);
});

function need(source: string, types: Partial<SchemaNeed>): SchemaNeed {
  return { source, resources: [], dataSources: [], ephemerals: [], constraints: [], ...types };
}

async function search(given: Partial<SchemaSearch>): Promise<FoundSchemas> {
  return findSchemas({
    needs: [],
    lockedVersions: new Map(),
    packFolders: [PACKS],
    tools: { mirrors: [], terraform },
    environment: process.env,
    tell: () => {},
    ...given,
  });
}
