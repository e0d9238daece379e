import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compiled, makeProject, type Project, spec } from "../run/project.ts";
import {
  FROM_PACKS,
  lacksTerraform,
  rehearse,
  rehearseApply,
  reportOf,
  resourceCounts,
  statesOf,
} from "./rehearsed-project.ts";

const reason = lacksTerraform === undefined ? "" : ` (skipped: ${lacksTerraform})`;

const AWS = `terraform: { providers: { aws: { source: hashicorp/aws, version: "~> 5.0" } } }\n`;

async function project(files: Readonly<Record<string, string>>): Promise<Project> {
  const made = makeProject(files);
  Object.assign(made.environment, FROM_PACKS);
  await compiled(made);
  return made;
}

describe.skipIf(reason !== "")(`types without a schema${reason}`, { timeout: 120_000 }, () => {
  const THING = `\n# aws_nowhere is none\nresource "aws_nowhere" "this" {}\n`;

  test("are told with stack, file and the ways out before Terraform starts, and forgotten once they are mended", async () => {
    const made = await project({
      "modules/local/thing/main.tf": THING,
      "platform.yaml":
        AWS +
        spec(
          "stacks: { thing: { module: local/thing }, other: { module: local/thing }, keep: { module: local/keep } }",
        ),
    });
    const refused = await rehearseApply(made, "dev");
    expect(refused.code).toBe(1);
    expect(refused.processes).toBe(0);
    expect(refused.stderr).toContain(
      "'hashicorp/aws' cannot be rehearsed: the pack of its schema (5.100.0) has no 'aws_nowhere': 'dev/other' uses it (modules/local/thing/main.tf:3), and 1 other stack",
    );
    for (const way of ["into a mirror", "PLATC_PROVIDER_MIRROR", "'platc rehearsal pack hashicorp/aws'"])
      expect(refused.stderr).toContain(way);

    const kept = await rehearseApply(made, "dev/keep");
    expect(kept, kept.stdout + kept.stderr).toMatchObject({ code: 0, statuses: { "dev/keep": "applied" } });
    expect(kept.stdout).toContain("no stack of this run uses that");

    made.write("modules/local/thing/main.tf", `resource "aws_eip" "this" {}\n`);
    await compiled(made);
    const mended = await rehearseApply(made, "dev");
    expect(mended, mended.stdout + mended.stderr).toMatchObject({
      code: 0,
      statuses: { "dev/thing": "applied" },
    });
    made.remove(".");
  });

  test("a provider that has neither mirror nor pack is named with who uses it", async () => {
    const made = await project({
      "modules/local/thing/main.tf": `terraform {
  required_providers {
    shop = { source = "acme/shop" }
  }
}
resource "shop_order" "this" {}
`,
      "platform.yaml": spec("stacks: { thing: { module: local/thing } }"),
    });
    const refused = await rehearse(made, "plan", "dev");
    expect(refused.code).toBe(1);
    expect(refused.processes).toBe(0);
    expect(refused.stderr).toContain(
      "'acme/shop' cannot be rehearsed: it is not installed, and there is no pack of its schema: 'dev/thing' uses it (modules/local/thing/main.tf:6)",
    );
    made.remove(".");
  });

  test("several providers are told at once, each with its own way out", async () => {
    const made = await project({
      "modules/local/thing/main.tf": `resource "aws_s3_bukcet" "this" {}\n`,
      "modules/local/other/main.tf": `resource "random_pet" "this" {}\n`,
      "platform.yaml":
        `terraform: { providers: { aws: { source: hashicorp/aws, version: "~> 5.0" }, random: { source: hashicorp/random, version: "~> 3.8" } } }\n` +
        spec("stacks: { thing: { module: local/thing }, other: { module: local/other } }"),
    });
    const refused = await rehearse(made, "plan", "dev");
    expect(refused.code).toBe(1);
    expect(refused.stderr.replaceAll(/ makes what is missing .*/g, " ..."))
      .toBe(`platc: 2 providers cannot be rehearsed yet:
  'hashicorp/aws' cannot be rehearsed: the pack of its schema (5.100.0) has no 'aws_s3_bukcet': 'dev/thing' uses it (modules/local/thing/main.tf:1)
    'aws_s3_bukcet': did you mean 'aws_s3_bucket'? If not, 'platc rehearsal pack hashicorp/aws' ...
  'hashicorp/random' cannot be rehearsed: the pack of its schema is 3.7.2, and the platform asks for '~> 3.8': 'dev/other' uses it (modules/local/other/main.tf:1)
    'platc rehearsal pack hashicorp/random' ...
  'platc rehearsal pack' makes all packs that are missing at once; 'platc rehearsal schemas' lists what is there.
`);
    made.remove(".");
  });

  test("the report names the schemas of what was run, and no others", async () => {
    const made = await project({
      "modules/local/thing/main.tf": `resource "aws_eip" "this" {}\n`,
      "modules/local/other/main.tf": `resource "random_pet" "this" {}\n`,
      "platform.yaml":
        AWS + spec("stacks: { thing: { module: local/thing }, other: { module: local/other } }"),
    });
    const named = async (...where: readonly string[]): Promise<readonly string[]> => {
      const result = await rehearse(made, "apply", ...where, "--auto-approve", "--prune");
      expect(result.code, result.stdout + result.stderr).toBe(0);
      return reportOf(result).schemas.map(({ source }) => source);
    };
    expect(await named("dev/other")).toEqual(["hashicorp/random"]);
    expect(await named("dev")).toEqual(["hashicorp/aws", "hashicorp/random"]);
    // What has left the spec is destroyed with its provider.
    made.write("platform.yaml", AWS + spec("stacks: { other: { module: local/other } }"));
    await compiled(made);
    expect(await named("dev")).toEqual(["hashicorp/aws", "hashicorp/random"]);
    expect(await named("dev")).toEqual(["hashicorp/random"]);
    made.remove(".");
  });
});

const NETWORK = `
resource "aws_vpc" "this" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "this" {
  for_each   = { a = "10.0.1.0/24", b = "10.0.2.0/24", c = "10.0.3.0/24" }
  vpc_id     = aws_vpc.this.id
  cidr_block = each.value
  tags       = { Tier = each.key == "c" ? "public" : "private" }
}
resource "aws_security_group" "this" { name = "web" }
resource "aws_vpc_security_group_ingress_rule" "this" {
  security_group_id = aws_security_group.this.id
  ip_protocol       = "-1"
  cidr_ipv4         = "10.0.0.0/16"
}
resource "aws_vpc_security_group_egress_rule" "this" {
  security_group_id = aws_security_group.this.id
  ip_protocol       = "-1"
  cidr_ipv4         = "0.0.0.0/0"
  tags              = { Name = "out" }
}
resource "aws_iam_role" "this" {
  name               = "web"
  assume_role_policy = "{}"
}
resource "aws_iam_instance_profile" "this" {
  name = "web"
  role = aws_iam_role.this.name
  path = "/hosts/"
}
resource "aws_route53_zone" "this" { name = "shop.invalid" }
resource "aws_route53_record" "this" {
  for_each = { www = ["192.0.2.1", "192.0.2.2"], api = ["192.0.2.3"] }
  zone_id  = aws_route53_zone.this.zone_id
  name     = each.key
  type     = "A"
  ttl      = 60
  records  = each.value
}
resource "aws_s3_bucket" "this" { bucket = "shop" }
resource "aws_s3_object" "this" {
  for_each = toset(["in/a", "out/b"])
  bucket   = aws_s3_bucket.this.bucket
  key      = each.key
}
resource "aws_secretsmanager_secret" "this" { name = "listed" }
resource "aws_secretsmanager_secret_version" "this" {
  secret_id     = aws_secretsmanager_secret.this.id
  secret_string = "x"
}
output "zone_id" { value = aws_route53_zone.this.zone_id }
output "secret_id" { value = aws_secretsmanager_secret.this.id }
output "group_id" { value = aws_security_group.this.id }
output "rules" {
  value = sort([aws_vpc_security_group_ingress_rule.this.security_group_rule_id, aws_vpc_security_group_egress_rule.this.security_group_rule_id])
}
output "vpc_id" { value = aws_vpc.this.id }
output "ids" { value = sort([for subnet in aws_subnet.this : subnet.id]) }
`;
const FINDS = `
variable "vpc_id" { type = string }
variable "group_id" { type = string }
variable "zone_id" { type = string }
variable "secret_id" { type = string }
data "aws_vpc_security_group_rules" "all" {
  filter {
    name   = "group-id"
    values = [var.group_id]
  }
}
data "aws_vpc_security_group_rules" "tagged" { tags = { Name = "out" } }
data "aws_iam_instance_profiles" "this" { role_name = "web" }
data "aws_route53_records" "this" {
  zone_id    = var.zone_id
  name_regex = "^www"
}
data "aws_s3_bucket_objects" "this" {
  bucket = "shop"
  prefix = "in/"
}
data "aws_secretsmanager_secret_versions" "this" { secret_id = var.secret_id }
output "rules" { value = sort(data.aws_vpc_security_group_rules.all.ids) }
output "others" {
  value = {
    tagged   = length(data.aws_vpc_security_group_rules.tagged.ids)
    paths    = data.aws_iam_instance_profiles.this.paths
    records  = [for one in data.aws_route53_records.this.resource_record_sets : sort(one.resource_records[*].value)]
    keys     = data.aws_s3_bucket_objects.this.keys
    versions = [for one in data.aws_secretsmanager_secret_versions.this.versions : one.version_stages]
  }
}
data "aws_subnets" "all" {
  filter {
    name   = "vpc-id"
    values = [var.vpc_id]
  }
}
data "aws_subnets" "private" { tags = { Tier = "private" } }
data "aws_subnets" "none" { tags = { Tier = "nowhere" } }
data "aws_vpcs" "all" {}
data "aws_instances" "all" {}
ephemeral "random_password" "this" { length = 24 }
resource "aws_secretsmanager_secret" "this" { name = "found" }
resource "aws_secretsmanager_secret_version" "this" {
  secret_id                = aws_secretsmanager_secret.this.id
  secret_string_wo         = ephemeral.random_password.this.result
  secret_string_wo_version = 1
}
resource "aws_security_group" "each" {
  for_each = toset(data.aws_subnets.private.ids)
  name     = each.key
}
output "all" { value = sort(data.aws_subnets.all.ids) }
output "counts" {
  value = [for one in [data.aws_subnets.private, data.aws_subnets.none, data.aws_vpcs.all, data.aws_instances.all] : length(one.ids)]
}
output "recovery" { value = aws_secretsmanager_secret.this.recovery_window_in_days }
`;

describe.skipIf(reason !== "")(`what a stack finds of another${reason}`, { timeout: 120_000 }, () => {
  let made: Project;

  beforeAll(async () => {
    made = await project({
      "modules/local/network/main.tf": NETWORK,
      "modules/local/finds/main.tf": FINDS,
      "platform.yaml":
        `terraform: { providers: { aws: { source: hashicorp/aws, version: "~> 5.0" }, random: { source: hashicorp/random, version: "~> 3.7" } } }\n` +
        spec(
          'stacks: { network: { module: local/network }, finds: { module: local/finds, inputs: { vpc_id: "{{outputs.network.vpc_id}}", group_id: "{{outputs.network.group_id}}", zone_id: "{{outputs.network.zone_id}}", secret_id: "{{outputs.network.secret_id}}" } } }',
        ),
    });
  });

  afterAll(() => made.remove("."));

  const outputs = (address: string): Readonly<Record<string, unknown>> => {
    const state = JSON.parse(statesOf(made, "t").get(address) ?? "{}") as {
      readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
    };
    return Object.fromEntries(Object.entries(state.outputs).map(([name, { value }]) => [name, value]));
  };

  test("lists hold all that fits, an ephemeral password goes into a secret, and defaults are there", async () => {
    // A search that names nothing of the other stack finds what stood when the plan was shown.
    expect(await rehearseApply(made, "dev/network")).toMatchObject({ code: 0 });
    const applied = await rehearseApply(made, "dev/finds");
    expect(applied.code, applied.stdout.slice(-3000) + applied.stderr).toBe(0);
    expect(outputs("dev/finds")).toEqual({
      all: outputs("dev/network")["ids"],
      counts: [2, 0, 1, 0],
      recovery: 30,
      rules: outputs("dev/network")["rules"],
      others: {
        tagged: 1,
        paths: ["/hosts/"],
        records: [["192.0.2.1", "192.0.2.2"]],
        keys: ["in/a"],
        versions: [["AWSCURRENT"]],
      },
    });
    expect((outputs("dev/network")["ids"] as readonly string[]).length).toBe(3);
    expect(statesOf(made, "t").get("dev/finds")).not.toContain('"secret_string_wo": "');
  });

  test("read anew, nothing has changed", async () => {
    const again = await rehearseApply(made, "dev", "--refresh");
    expect(again.code, again.stdout.slice(-3000) + again.stderr).toBe(0);
    const changed = again.events.filter(({ kind }) => kind === "stack-finished");
    expect(changed.map(({ outcome }) => outcome?.status)).not.toContain("applied");
  });
});

const AZURE = `
resource "azurerm_resource_group" "this" {
  for_each = toset(["shop", "other"])
  name     = each.key
  location = "westeurope"
}
resource "azurerm_virtual_network" "this" {
  for_each            = azurerm_resource_group.this
  name                = "net"
  resource_group_name = each.value.name
  location            = each.value.location
  address_space       = ["10.0.0.0/16"]
  tags                = { Team = each.key }
}
resource "azurerm_subnet" "this" {
  name                 = "inside"
  resource_group_name  = azurerm_resource_group.this["shop"].name
  virtual_network_name = azurerm_virtual_network.this["shop"].name
  address_prefixes     = ["10.0.1.0/24"]
}
resource "azurerm_private_dns_zone" "this" {
  name                = "shop.invalid"
  resource_group_name = azurerm_resource_group.this["shop"].name
}
`;
const AZURE_LISTS = `
data "azurerm_resources" "group" { resource_group_name = "shop" }
data "azurerm_resources" "nets" { type = "Microsoft.Network/virtualNetworks" }
data "azurerm_resources" "tagged" { required_tags = { Team = "other" } }
data "azurerm_resources" "none" { type = "Microsoft.Network/virtualNetworks/subnets" }
output "found" {
  value = [
    for one in [data.azurerm_resources.group, data.azurerm_resources.nets, data.azurerm_resources.tagged, data.azurerm_resources.none] :
    sort([for each in one.resources : "${"$"}{each.resource_group_name} ${"$"}{each.type} ${"$"}{each.name} ${"$"}{each.location}"])
  ]
}
`;

test.skipIf(reason !== "")(
  `resources of Azure are listed by group, kind and tags${reason}`,
  async () => {
    const made = await project({
      "modules/local/network/main.tf": AZURE,
      "modules/local/lists/main.tf": AZURE_LISTS,
      "platform.yaml":
        `terraform: { providers: { azurerm: { source: hashicorp/azurerm, version: "~> 4.55", config: { features: {}, subscription_id: 00000000-0000-0000-0000-000000000000 } } } }\n` +
        spec("stacks: { network: { module: local/network }, lists: { module: local/lists } }"),
    });
    expect(await rehearseApply(made, "dev/network")).toMatchObject({ code: 0 });
    const listed = await rehearseApply(made, "dev/lists");
    expect(listed.code, listed.stdout.slice(-3000) + listed.stderr).toBe(0);
    const { outputs } = JSON.parse(statesOf(made, "t").get("dev/lists") ?? "{}") as {
      readonly outputs: { readonly found: { readonly value: unknown } };
    };
    const nets = ["other", "shop"].map(
      (group) => `${group} Microsoft.Network/virtualNetworks net westeurope`,
    );
    expect(outputs.found.value).toEqual([
      ["shop Microsoft.Network/privateDnsZones shop.invalid global", nets[1]],
      nets,
      [nets[0]],
      [],
    ]);
    made.remove(".");
  },
  240_000,
);

const FUNCTIONS = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "arn" { type = string }
locals { parts = provider::aws::arn_parse(var.arn) }
resource "aws_iam_role" "this" {
  name               = local.parts.service
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  tags               = { Role = provider::aws::trim_iam_role_path(var.arn) }
}
output "tags" { value = aws_iam_role.this.tags }
output "bucket" { value = provider::aws::arn_build(local.parts.partition, "s3", "", "", "shop") }
`;

describe.skipIf(reason !== "")(`functions of a provider${reason}`, { timeout: 120_000 }, () => {
  const stack = (arn: string) =>
    spec(`stacks: { thing: { module: local/thing, inputs: { arn: "${arn}" } } }`);

  test("of aws are those that need no account; what they are refused with has its place", async () => {
    const made = await project({
      "modules/local/thing/main.tf": FUNCTIONS,
      "platform.yaml": AWS + stack("arn:aws:iam::123456789012:role/team/reader"),
    });
    const applied = await rehearseApply(made, "dev");
    expect(applied, applied.stdout + applied.stderr).toMatchObject({
      code: 0,
      statuses: { "dev/thing": "applied" },
    });
    const state = JSON.parse(statesOf(made, "t").get("dev/thing") ?? "{}") as { outputs?: unknown };
    expect(state.outputs).toMatchObject({
      tags: { value: { Role: "arn:aws:iam::123456789012:role/reader" } },
      bucket: { value: "arn:aws:s3:::shop" },
    });
    made.write("platform.yaml", AWS + stack("reader"));
    await compiled(made);
    const refused = await rehearse(made, "plan", "dev");
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain("arn parsing failed");
    expect(refused.stdout).toContain('"file":"modules/local/thing/main.tf","line":8');
    made.remove(".");
  });
});

describe.skipIf(reason !== "")(`what a provider knows while planning${reason}`, { timeout: 120_000 }, () => {
  test("a certificate is validated by records for each of its names, in one apply", async () => {
    const made = await project({
      "modules/local/site/main.tf": `resource "aws_route53_zone" "this" { name = "example.com" }
resource "aws_acm_certificate" "this" {
  domain_name               = "example.com"
  subject_alternative_names = ["www.example.com"]
  validation_method         = "DNS"
}
resource "aws_route53_record" "proof" {
  for_each = { for one in aws_acm_certificate.this.domain_validation_options : one.domain_name => one }
  zone_id  = aws_route53_zone.this.zone_id
  name     = each.value.resource_record_name
  type     = each.value.resource_record_type
  ttl      = 60
  records  = [each.value.resource_record_value]
}
resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [for record in aws_route53_record.proof : record.fqdn]
}
`,
      "platform.yaml": AWS + spec("stacks: { site: { module: local/site } }"),
    });
    const applied = await rehearseApply(made, "dev");
    expect(applied, applied.stdout + applied.stderr).toMatchObject({
      code: 0,
      statuses: { "dev/site": "applied" },
    });
    expect(resourceCounts(made, "t")).toEqual({ "dev/site": 5 });
    made.write(
      "schema/providers/hashicorp/aws.overlay.yaml",
      `source: hashicorp/aws
resources:
  aws_acm_certificate:
    defaults: { domain_validation_options.domain_name: "{domain_name}" }
`,
    );
    const refused = await rehearseApply(made, "dev");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("schema/providers/hashicorp/aws.overlay.yaml:4: ");
    expect(refused.stderr).toContain("a default has no effect");
    made.remove(".");
  });
});
