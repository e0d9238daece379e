import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseHcl } from "../../src/disk/hcl-parser.ts";
import { readContract } from "../../src/modules/read-contract.ts";
import { typesInUse } from "../../src/provider/types-in-use.ts";
import { findSchemas, type FoundSchemas } from "../../src/rehearsal/find-schema.ts";
import {
  type RehearsalProvider,
  startRehearsalProvider,
} from "../../src/rehearsal/start-rehearsal-provider.ts";
import { findTerraform, type FoundTerraform } from "../../src/terraform/find-terraform.ts";
import {
  type Ran,
  rehearsalFixture,
  type RehearsalFixture,
  startTerraform,
  stateOf,
} from "./rehearsal-fixture.ts";

const ROOT = "tests/terraform/packs/main.tf";
const RG = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg";

let terraform: FoundTerraform;
let fixture: RehearsalFixture;
let found: FoundSchemas;
let provider: RehearsalProvider;

beforeAll(async () => {
  const binary = await findTerraform({ environment: process.env, constraint: ">= 1.11" });
  if (binary.status === "missing") throw new Error(binary.message);
  terraform = binary;
  fixture = await rehearsalFixture(terraform.path);
  found = await schemasOf(ROOT);
  expect(found.problems).toEqual([]);
  provider = await startRehearsalProvider({
    schemas: found.schemas.map(({ schema }) => schema),
    overlays: found.schemas.flatMap(({ overlay }) => overlay ?? []),
    worldFolder: fixture.world,
    faults: [],
    logFile: join(fixture.folder, "provider.log"),
    program: fixture.program,
  });
  mkdirSync(join(fixture.folder, "platform"));
  cpSync(ROOT, join(fixture.folder, "platform", "main.tf"));
  expect(await run("init", "-input=false")).toMatchObject({ code: 0 });
});

afterAll(async () => {
  await provider?.stop();
  fixture?.remove();
});

test("a platform of Azure, Kubernetes and PostgreSQL is applied, changed and destroyed by the packs alone", async () => {
  expect(await run("apply", "-auto-approve", "-input=false")).toMatchObject({
    code: 0,
    text: expect.stringMatching(/Apply complete! Resources: 64 added, 0 changed, 0 destroyed\./) as string,
  });
  const state = stateOf(fixture.folder, "platform");
  expect(state["azurerm_subnet.m"]!["id"]).toBe(
    `${RG}/providers/Microsoft.Network/virtualNetworks/vnet/subnets/aks`,
  );
  const cluster = state["azurerm_kubernetes_cluster.m"]!;
  expect(cluster).toMatchObject({
    id: `${RG}/providers/Microsoft.ContainerService/managedClusters/aks`,
    node_resource_group: "MC_rg_aks_westeurope",
    current_kubernetes_version: "1.32",
    kubelet_identity: [
      {
        object_id: "rehearsal-object-MC_rg_aks_westeurope",
        user_assigned_identity_id: expect.stringMatching(
          /^\/subscriptions\/1{8}.*\/resourceGroups\/MC_rg_aks_westeurope\/.*\/aks-agentpool$/,
        ) as string,
      },
    ],
  });
  expect(state["azurerm_role_assignment.m"]!["principal_id"]).toBe("rehearsal-object-MC_rg_aks_westeurope");
  expect(state["data.azurerm_kubernetes_cluster.m"]!["oidc_issuer_url"]).toBe(cluster["oidc_issuer_url"]);
  expect(state["azurerm_storage_account.m"]!["primary_blob_endpoint"]).toBe(
    "https://lake.blob.core.windows.invalid/",
  );
  expect(state["kubernetes_deployment_v1.m"]!["id"]).toBe("acme/d");
  expect(state["helm_release.m"]).toMatchObject({ id: "acme/trino", status: "deployed", timeout: 300 });
  expect(state["postgresql_schema.m"]!["id"]).toBe("hive.s");
  expect(state["random_password.m"]!["result"]).toHaveLength(20);

  const empty = await run("plan", "-detailed-exitcode", "-input=false");
  expect(empty).toMatchObject({ code: 0, text: expect.stringContaining("No changes.") as string });
  const changed = await run("plan", "-input=false", "-var=pool=other", "-var=replicas=2");
  expect(changed.text).toContain("# azurerm_kubernetes_cluster_node_pool.m must be replaced");
  expect(changed.text).toContain("# kubernetes_deployment_v1.m will be updated in-place");
  expect(changed.text).toContain("Plan: 1 to add, 1 to change, 1 to destroy.");
  expect(await run("destroy", "-auto-approve", "-input=false")).toMatchObject({
    code: 0,
    text: expect.stringContaining("Resources: 64 destroyed.") as string,
  });
  expect((await provider.report()).typesWithoutOverlay).toEqual([]);
}, 240_000);

test("Terraform refuses to show what an overlay calls sensitive", async () => {
  const text = `output "host" { value = azurerm_kubernetes_cluster.m.kube_config[0].host }\n`;
  mkdirSync(join(fixture.folder, "shown"));
  cpSync(ROOT, join(fixture.folder, "shown", "main.tf"));
  writeFileSync(join(fixture.folder, "shown", "outputs.tf"), text);
  expect(await runIn("shown", "init", "-input=false")).toMatchObject({ code: 0 });
  const plan = await runIn("shown", "plan", "-input=false");
  expect(plan.code).toBe(1);
  expect(plan.text).toContain("Output refers to sensitive values");
});

function run(...args: readonly string[]): Promise<Ran> {
  return runIn("platform", ...args);
}

async function runIn(name: string, ...args: readonly string[]): Promise<Ran> {
  return (await startTerraform(terraform.path, fixture.folder, provider, name, args)).ended;
}

/** Without a mirror, so that every schema comes from its pack. */
async function schemasOf(path: string): Promise<FoundSchemas> {
  const parsed = await parseHcl(path, readFileSync(path, "utf8"));
  const { contract } = readContract(new Map([["main.tf", parsed]]));
  const used = typesInUse([{ root: {}, contracts: [contract] }]);
  return findSchemas({
    needs: used.map((types) => ({ ...types, constraints: [] })),
    lockedVersions: new Map(),
    packFolders: ["schema/providers"],
    tools: { mirrors: [], terraform },
    environment: process.env,
    tell: () => {},
  });
}
