import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compiled, makeProject, type Project, spec } from "../run/project.ts";
import {
  FROM_PACKS,
  lacksTerraform,
  rehearse,
  rehearseApply,
  reportOf,
  statesOf,
} from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;

const PROVIDERS = `terraform:
  providers:
    azurerm: { source: hashicorp/azurerm, version: "~> 4.0", config: { features: {}, subscription_id: "00000000-0000-0000-0000-000000000000" } }
    kubernetes: { source: hashicorp/kubernetes, version: "~> 2.0" }
    helm: { source: hashicorp/helm, version: "~> 3.0" }
    aws: { source: hashicorp/aws, version: "~> 5.0", config: { region: eu-central-1 } }
`;

const GROUP = `
resource "azurerm_resource_group" "this" {
  name     = "made"
  location = "westeurope"
}
`;
const SUBNET = `
resource "azurerm_subnet" "this" {
  name                 = "s"
  resource_group_name  = "legacy-rg"
  virtual_network_name = "legacy-net"
  address_prefixes     = ["10.0.1.0/24"]
}
`;
const NETWORK = `
resource "azurerm_virtual_network" "this" {
  name                = "other"
  resource_group_name = "made"
  location            = "westeurope"
  address_space       = ["10.0.0.0/16"]
}
`;
const SECRET = `
resource "kubernetes_secret_v1" "this" {
  metadata {
    name      = "s"
    namespace = "team"
  }
}
`;
const NAMESPACE = `
resource "kubernetes_namespace_v1" "this" {
  metadata {
    name = "other"
  }
}
`;
const SYSTEM_SECRET = SECRET.replace('"team"', '"kube-system"');
const VERSIONING = `
resource "aws_s3_bucket_versioning" "this" {
  bucket = "old-logs"
  versioning_configuration {
    status = "Enabled"
  }
}
`;
const RELEASE = `
resource "helm_release" "this" {
  name      = "r"
  chart     = "c"
  namespace = "team"
}
`;
const OWN_RELEASE = RELEASE.replace('"team"', '"own"\n  create_namespace = true');
const AWS_SUBNET = `
resource "aws_subnet" "this" {
  vpc_id     = "vpc-0a"
  cidr_block = "172.31.0.0/24"
}
`;
const GATEWAY = `
resource "aws_nat_gateway" "this" {
  connectivity_type = "private"
  subnet_id         = "subnet-0a"
}
`;
const BUCKET = `resource "aws_s3_bucket" "this" { bucket = "new-logs" }\n`;
const FOUND = `
data "aws_vpc" "this" { default = true }
data "azurerm_resource_group" "this" { name = "legacy-rg" }
resource "azurerm_public_ip" "this" {
  name                = "ip"
  resource_group_name = data.azurerm_resource_group.this.name
  location            = data.azurerm_resource_group.this.location
  allocation_method   = "Static"
}
output "cidr" { value = data.aws_vpc.this.cidr_block }
output "location" { value = data.azurerm_resource_group.this.location }
`;
const TAKEN = `resource "aws_s3_bucket" "this" { bucket = "old-logs" }\n`;

const GIVEN = `given:
  azurerm_resource_group:
    - { name: legacy-rg, location: northeurope }
  azurerm_virtual_network:
    - { name: legacy-net, resource_group_name: legacy-rg, location: northeurope }
  kubernetes_namespace:
    - { metadata: { name: team } }
  aws_s3_bucket:
    - { id: old-logs }
  aws_vpc:
    - { id: vpc-0a, default: true, cidr_block: 172.31.0.0/16 }
  aws_subnet:
    - { id: subnet-0a }
`;

async function project(
  files: Readonly<Record<string, string>>,
  stacks: string,
  environments?: string,
): Promise<Project> {
  const modules = Object.entries(files).map(([name, text]) => [`modules/local/${name}/main.tf`, text]);
  const platform = PROVIDERS + spec(stacks, environments);
  const made = makeProject({ ...Object.fromEntries(modules), "platform.yaml": platform });
  Object.assign(made.environment, FROM_PACKS);
  await compiled(made);
  return made;
}

describe.skipIf(reason !== "")(`what stands in something else${reason}`, { timeout: 240_000 }, () => {
  let made: Project;
  beforeAll(async () => {
    made = await project(
      {
        group: GROUP,
        network: NETWORK,
        subnet: SUBNET,
        namespace: NAMESPACE,
        secret: SECRET,
        release: RELEASE,
        ownrelease: OWN_RELEASE,
        awssubnet: AWS_SUBNET,
        gateway: GATEWAY,
        system: SYSTEM_SECRET,
        bucket: BUCKET,
        versioning: VERSIONING,
        found: FOUND,
        taken: TAKEN,
      },
      `stacks:
  group: { module: local/group }
  network: { module: local/network, after: [group] }
  subnet: { module: local/subnet }
  namespace: { module: local/namespace }
  secret: { module: local/secret }
  release: { module: local/release }
  ownrelease: { module: local/ownrelease }
  awssubnet: { module: local/awssubnet }
  gateway: { module: local/gateway }
  system: { module: local/system }
  bucket: { module: local/bucket }
  versioning: { module: local/versioning }
  found: { module: local/found }
  taken: { module: local/taken, refactor: { import: [{ to: module.taken.aws_s3_bucket.this, id: old-logs }] } }
`,
    );
  });
  afterAll(() => made.remove("."));

  test("is not made where the platform makes such things and not this one", async () => {
    const stacks = ["subnet", "secret", "release", "ownrelease", "gateway", "system", "versioning"];
    const failed = await rehearseApply(made, ...stacks.map((name) => `dev/${name}`));
    expect(failed.statuses, failed.stdout + failed.stderr).toEqual({
      "dev/subnet": "failed",
      "dev/secret": "failed",
      "dev/release": "failed",
      "dev/ownrelease": "applied",
      "dev/gateway": "failed",
      "dev/system": "applied",
      "dev/versioning": "failed",
    });
    for (const text of [
      'There is no azurerm_resource_group \\"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/legacy-rg\\"',
      'There is no kubernetes_namespace_v1 \\"team\\"',
      "This helm_release stands in it",
      'There is no aws_subnet \\"subnet-0a\\"',
      'There is no aws_s3_bucket \\"old-logs\\"',
      'given:\\n  aws_s3_bucket:\\n    - { bucket: \\"old-logs\\" }',
    ])
      expect(failed.stdout).toContain(text);
  });

  test("what is looked for or imported is not there either", async () => {
    const failed = await rehearseApply(made, "dev/found", "dev/taken");
    expect(failed.code).not.toBe(0);
    expect(failed.stdout).toContain("No azurerm_resource_group fits");
    expect(failed.stdout).toContain("Cannot import non-existent remote object");
  });

  test("a mistake in rehearsal.yaml is told with its line before Terraform starts", async () => {
    made.write(
      "rehearsal.yaml",
      "given:\n  azurerm_resource_group:\n    - { name: x, loction: y }\nenvironments:\n  dve: {}\n",
    );
    const refused = await rehearse(made, "plan", "dev/group");
    expect(refused.code).toBe(1);
    expect(refused.processes).toBe(0);
    expect(refused.stderr).toContain(
      "rehearsal.yaml:3: an azurerm_resource_group has no 'loction'; did you mean 'location'?\n" +
        "rehearsal.yaml:5: the platform has no environment 'dve'; did you mean 'dev'?",
    );
  });

  test("with what is given it is made; data sources and imports find that, and a destroy leaves it", async () => {
    made.write("rehearsal.yaml", GIVEN);
    const applied = await rehearseApply(made, "dev");
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    const found = JSON.parse(statesOf(made, "t").get("dev/found") ?? "{}") as {
      readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
    };
    expect(found.outputs["cidr"]?.value).toBe("172.31.0.0/16");
    expect(found.outputs["location"]?.value).toBe("northeurope");
    const again = await rehearseApply(made, "dev", "--refresh");
    expect(again.code, again.stdout).toBe(0);
    const finished = again.events.filter(({ kind }) => kind === "stack-finished");
    expect(finished.map(({ outcome }) => outcome?.status)).not.toContain("applied");
    const destroyed = await rehearse(
      made,
      "destroy",
      "dev/found",
      "dev/subnet",
      "dev/secret",
      "--auto-approve",
    );
    expect(destroyed.code, destroyed.stdout + destroyed.stderr).toBe(0);
    expect(await rehearseApply(made, "dev")).toMatchObject({ code: 0 });
  });
});

describe.skipIf(reason !== "")(`what an environment alone has${reason}`, { timeout: 120_000 }, () => {
  test("exists for its stacks, and what a shared one has for all", async () => {
    const made = await project(
      { versioning: VERSIONING, secret: SECRET },
      "stacks: { versioning: { module: local/versioning }, secret: { environments: [prod], module: local/secret } }",
      "environments: { core: { shared: true }, dev: {}, prod: { after: dev } }",
    );
    made.write(
      "rehearsal.yaml",
      `environments:
  core: { given: { kubernetes_namespace: [{ metadata: { name: team } }] } }
  prod: { given: { aws_s3_bucket: [{ id: old-logs }] } }
`,
    );
    const applied = await rehearseApply(made, "dev", "prod");
    expect(applied.statuses, applied.stdout + applied.stderr).toEqual({
      "dev/versioning": "failed",
      "prod/versioning": "applied",
      "prod/secret": "applied",
    });
    expect(applied.stdout).toContain('There is no aws_s3_bucket \\"old-logs\\"');
    made.remove(".");
  });
});

describe.skipIf(reason !== "")(`what nobody here makes${reason}`, { timeout: 120_000 }, () => {
  test("is taken to exist, and the report says so", async () => {
    const made = await project(
      { subnet: SUBNET, secret: SECRET },
      "stacks: { subnet: { module: local/subnet }, secret: { module: local/secret } }",
    );
    const applied = await rehearseApply(made, "dev");
    expect(applied.code, applied.stdout + applied.stderr).toBe(0);
    expect(reportOf(applied).unchecked).toContainEqual({
      count: 3,
      what: "things that resources stand in, and that are taken to exist",
      names: [
        'azurerm_resource_group "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/legacy-rg"',
        'azurerm_virtual_network "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/legacy-rg/providers/Microsoft.Network/virtualNetworks/legacy-net"',
        'kubernetes_namespace "team"',
      ],
    });
    made.remove(".");
  });
});
