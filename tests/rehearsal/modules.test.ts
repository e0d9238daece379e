import { cpSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import type { ModuleContract } from "../../src/modules/contract.ts";
import { readContract } from "../../src/modules/read-contract.ts";
import type { ProviderOverlay } from "../../src/provider/type-overlay.ts";
import { typesInUse } from "../../src/provider/types-in-use.ts";
import { findSchemas } from "../../src/rehearsal/find-schema.ts";
import {
  type RehearsalProvider,
  startRehearsalProvider,
} from "../../src/rehearsal/start-rehearsal-provider.ts";
import { findTerraform } from "../../src/terraform/find-terraform.ts";
import { type Ran, rehearsalFixture, type RehearsalFixture } from "../terraform/rehearsal-fixture.ts";

/** Modules whose providers lie in no mirror: real Terraform proves them against packs. */
const CLOUDS = ["azure", "kubernetes", "postgres"];
const MODULES = CLOUDS.flatMap((cloud) =>
  readdirSync(join("modules", cloud)).map((name) => `${cloud}/${name}`),
).sort();

interface Edit {
  /** Replaces this in the example ... */
  readonly from: string;
  readonly to: string;
  /** ... and Terraform plans this many. */
  readonly plan: string;
}

/** A change of each example that its users make, and one that its validations refuse. */
const EDITS: Readonly<
  Record<string, Edit & { readonly refused: Omit<Edit, "plan"> & { readonly says: string } }>
> = {
  "azure/resource-group": {
    from: '"example" }',
    to: '"trial" }',
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: '"westeurope"', to: '"West Europe"', says: "short name of a region" },
  },
  "azure/network": {
    from: 'ports = ["80", "443"]',
    to: 'ports = ["443"]',
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: "priority = 4096", to: "priority = 100", says: "cannot have the same priority" },
  },
  "azure/aks": {
    from: "max_count = 3",
    to: "max_count = 8",
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: "batch=yes:NoSchedule", to: "batch=yes", says: "A taint is KEY=VALUE" },
  },
  "azure/acr": {
    from: "replicas ",
    to: "#replicas ",
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: '"Premium"', to: '"Basic"', says: "need the sku Premium" },
  },
  "azure/state-backend": {
    from: "keep_version_days   = 365",
    to: "keep_version_days   = 90",
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: {
      from: '{ principal_id = "22222222',
      to: '{ can_write = false, principal_id = "22222222',
      says: "somebody who can write",
    },
  },
  "azure/storage-account": {
    from: "landing = { metadata",
    to: "other = {}, landing = { metadata",
    plan: "1 to add, 0 to change, 0 to destroy",
    refused: {
      from: "privatelink.${service}.core",
      to: "privatelink.blob.core",
      says: "of the same service",
    },
  },
  "azure/key-vault": {
    from: "length = 48",
    to: "length = 48, version = 2",
    plan: "1 to add, 1 to change, 1 to destroy",
    refused: { from: "length = 48", to: "length = 8", says: "between 16 and 128" },
  },
  "azure/postgresql-flexible-server": {
    from: '"200"',
    to: '"300"',
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: {
      from: "example.private.postgres.database.azure.com",
      to: "privatelink.postgres.database.azure.net",
      says: "must end in .postgres.database.azure.com",
    },
  },
  "azure/dns": {
    from: "203.0.113.12",
    to: "203.0.113.13",
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: "203.0.113.12", to: "host.example.com", says: "addresses must be IPv4" },
  },
  "azure/workload-identity": {
    from: "Storage Blob Data Reader",
    to: "Storage Blob Data Contributor",
    plan: "1 to add, 0 to change, 1 to destroy",
    refused: { from: "Storage Blob Data Reader", to: "Owner", says: "may not hand out rights" },
  },
  "kubernetes/namespace": {
    from: '"16Gi"',
    to: '"24Gi"',
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: '"16Gi"', to: '"16"', says: "a bare number is bytes" },
  },
  "kubernetes/hive-metastore": {
    from: "replicas        = 2",
    to: "replicas        = 3",
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: "hive:3f2a9c0d11e4", to: "hive:latest", says: "must not be latest" },
  },
  "kubernetes/trino": {
    from: '"4G"',
    to: '"6G"',
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: "{ acme =", to: "{ system =", says: "becomes that of a catalog" },
  },
  "kubernetes/superset": {
    from: "replicas      = 2",
    to: "replicas      = 3",
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: "an-example-of-32-letters-no-secret", to: "admin", says: "at least 32 characters" },
  },
  "kubernetes/ingress": {
    from: "port = 8088",
    to: "port = 8080",
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: '"acme.dev.data', to: '"https://acme.dev.data', says: "without scheme" },
  },
  "postgres/role": {
    from: "connection_limit = 20",
    to: "connection_limit = 30",
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: "an-example-and-no-secret", to: "short", says: "at least 16 characters" },
  },
  "postgres/database": {
    from: '["pg_trgm"]',
    to: '["pg_trgm", "citext"]',
    plan: "1 to add, 0 to change, 0 to destroy",
    refused: { from: '"acme_hive"', to: '"acme-hive"', says: "SQL needs no quotes" },
  },
  "postgres/grants": {
    from: '["CONNECT", "TEMPORARY"]',
    to: '["CONNECT"]',
    plan: "0 to add, 1 to change, 0 to destroy",
    refused: { from: '"acme_readers"', to: '"public"', says: "every customer may do" },
  },
};

const found = await findTerraform({ environment: process.env, constraint: ">= 1.11" });
const reason = found.status === "missing" ? ` (skipped: ${found.message})` : "";

test("every module has a change and a refusal to be tried with", () => {
  expect(Object.keys(EDITS).sort()).toEqual(MODULES);
});

describe.skipIf(reason !== "")(`examples of modules in a rehearsal${reason}`, { timeout: 120_000 }, () => {
  let fixture: RehearsalFixture;
  let provider: RehearsalProvider;

  beforeAll(async () => {
    if (found.status === "missing") return;
    fixture = await rehearsalFixture(found.path);
    const contracts = await Promise.all(MODULES.map(contractOf));
    const used = typesInUse([{ root: {}, contracts }]);
    const { schemas, problems } = await findSchemas({
      needs: used.map((types) => ({ ...types, constraints: [] })),
      lockedVersions: new Map(),
      packFolders: ["schema/providers"],
      tools: { mirrors: [], terraform: found },
      environment: process.env,
      tell: () => {},
    });
    expect(problems).toEqual([]);
    provider = await startRehearsalProvider({
      schemas: schemas.map(({ schema }) => schema),
      overlays: schemas.flatMap(({ overlay }) => (overlay ? [leftToOthers(overlay)] : [])),
      worldFolder: fixture.world,
      faults: [],
      logFile: join(fixture.folder, "provider.log"),
      program: fixture.program,
    });
  });

  afterAll(async () => {
    await provider?.stop();
    fixture?.remove();
  });

  test.for(MODULES)("%s is made, planned again, changed, refused and destroyed", async (name) => {
    cpSync(join("modules", name), join(fixture.folder, name), { recursive: true });
    const root = `${name}/examples/basic`;
    const main = join(fixture.folder, root, "main.tf");
    const example = readFileSync(main, "utf8");
    const run = (...args: readonly string[]): Promise<Ran> => fixture.run(provider, root, ...args);
    const edit = (from: string, to: string): void => {
      expect(example).toContain(from);
      writeFileSync(main, example.replaceAll(from, to));
    };
    const ok = async (...args: readonly string[]): Promise<string> => {
      const { code, text } = await run(...args);
      expect(code, text).toBe(0);
      return text;
    };

    await ok("init", "-input=false");
    await ok("validate");
    const made = /Resources: ([1-9]\d*) added/.exec(await ok("apply", "-auto-approve", "-input=false"))?.[1];
    expect(made).toBeDefined();
    expect(await ok("plan", "-detailed-exitcode", "-input=false")).toContain("No changes.");

    const { from, to, plan, refused } = EDITS[name]!;
    edit(refused.from, refused.to);
    const refusal = await run("plan", "-input=false");
    expect(refusal.code, refusal.text).toBe(1);
    expect(refusal.text.replace(/\s*│?\s+/g, " ")).toContain(refused.says);

    edit(from, to);
    expect(await ok("plan", "-input=false", "-out=plan")).toContain(`Plan: ${plan}.`);
    await ok("apply", "plan");
    expect(await ok("plan", "-detailed-exitcode", "-input=false")).toContain("No changes.");
    await ok("destroy", "-auto-approve", "-input=false");
  });

  test("no type of a module is without an overlay", async () => {
    expect((await provider.report()).typesWithoutOverlay).toEqual([]);
  });
});

async function contractOf(name: string): Promise<ModuleContract> {
  const folder = join("modules", name);
  const files = readdirSync(folder).filter((file) => file.endsWith(".tf"));
  const parsed = files.map(
    async (file) => [file, await parseHcl(file, readFileSync(join(folder, file), "utf8"))] as const,
  );
  return readContract(new Map(await Promise.all(parsed))).contract;
}

/** What examples stand in, and leave to others to make, is taken to exist. */
function leftToOthers(overlay: ProviderOverlay): ProviderOverlay {
  const dataSources = [...overlay.resources.keys()].map(
    (type) => [type, { ...overlay.dataSources.get(type), finds: null }] as const,
  );
  return { ...overlay, dataSources: new Map([...overlay.dataSources, ...dataSources]) };
}
