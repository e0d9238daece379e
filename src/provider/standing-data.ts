import { accountOf } from "./configuration-scope.ts";
import type { ValueRecord } from "./is-record.ts";
import { policyDocument } from "./policy-document.ts";
import type { TypeContext } from "./provider-engine.ts";
import { settingOf } from "./setting-of.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

type Standing = (context: TypeContext, config: ValueRecord) => ValueRecord | undefined;

/** What a data source gives that no resource stands behind; the rest of its values is made up. */
const STANDING: Readonly<Record<string, Standing>> = {
  aws_ami: () => ({ id: "ami-0rehearsal0000000", state: "available", architecture: "x86_64" }),
  aws_arn: (_, config) => partsOfArn(valueAt(config, "arn")),
  aws_availability_zones: (context) => availabilityZones(regionOf(context)),
  aws_caller_identity: (context) => callerIdentity(accountIn(context)),
  aws_canonical_user_id: () => ({ id: "0".repeat(64) }),
  aws_default_tags: (context) => ({ tags: valueAt(context.settings, "default_tags.tags") }),
  aws_ecr_authorization_token: () => ({ user_name: "AWS", id: "rehearsal" }),
  aws_eks_cluster_auth: (_, config) => ({ id: valueAt(config, "name"), token: "rehearsal-token" }),
  aws_iam_policy_document: (_, config) => policyDocument(config),
  aws_iam_session_context: (_, config) => ({
    issuer_arn: valueAt(config, "arn"),
    id: valueAt(config, "arn"),
  }),
  aws_ip_ranges: () => ({ cidr_blocks: ["198.51.100.0/24"], ipv6_cidr_blocks: ["2001:db8::/64"] }),
  aws_partition: () => ({
    id: "aws",
    partition: "aws",
    dns_suffix: "amazonaws.com",
    reverse_dns_prefix: "com.amazonaws",
  }),
  aws_region: (context, config) =>
    region(valueAt(config, "name") ?? valueAt(config, "region"), regionOf(context)),
  aws_regions: (context) => ({ id: "aws", names: [regionOf(context)] }),
  aws_secretsmanager_random_password: () => ({ random_password: "rehearsal-password" }),
  aws_service_principal: (_, config) => ({
    name: `${text(valueAt(config, "service_name"), "")}.amazonaws.com`,
    suffix: "amazonaws.com",
  }),
  aws_ssm_parameter: (_, config) => publicParameter(text(valueAt(config, "name"), "")),
  azuread_client_config: azureIdentity,
  azurerm_client_config: azureIdentity,
  azurerm_subscription: (context) => subscription(context),
  google_client_config: (context) => ({
    project: settingOf(context, "PROJECT"),
    region: settingOf(context, "REGION"),
    access_token: "rehearsal-token",
  }),
  google_project: (context) => ({ project_id: settingOf(context, "PROJECT") }),
  kubernetes_server_version: () => ({ version: "1.30.0", major: "1", minor: "30", git_version: "v1.30.0" }),
};

/** What is known of a data source without a resource; undefined where a resource of its type stands behind it. */
export function standingData(context: TypeContext, config: ValueRecord): ValueRecord | undefined {
  const { typeName } = context;
  return Object.hasOwn(STANDING, typeName) ? STANDING[typeName]!(context, config) : undefined;
}

function callerIdentity(account: string): ValueRecord {
  return {
    id: account,
    account_id: account,
    arn: `arn:aws:iam::${account}:user/rehearsal`,
    user_id: "AIDAREHEARSAL00000000",
  };
}

/** AWS itself publishes what is under `/aws/service/`, such as the newest image; every other parameter somebody made. */
function publicParameter(name: string): ValueRecord | undefined {
  if (!name.startsWith("/aws/service/")) return undefined;
  const value = name.includes("ami") ? "ami-0rehearsal0000000" : "rehearsal";
  return { id: name, name, type: "String", value, insecure_value: value, version: 1 };
}

function availabilityZones(name: string): ValueRecord {
  const zones = ["a", "b", "c"];
  return {
    id: name,
    names: zones.map((zone) => `${name}${zone}`),
    zone_ids: zones.map((_, at) => `${name.replaceAll("-", "")}-az${at + 1}`),
    group_names: [name],
  };
}

function region(asked: Value, own: string): ValueRecord {
  const name = text(asked, own);
  return {
    id: name,
    name,
    region: name,
    endpoint: `ec2.${name}.amazonaws.com`,
    description: `Rehearsal (${name})`,
  };
}

function partsOfArn(arn: Value): ValueRecord {
  const [, partition = "", service = "", area = "", account = "", ...resource] = text(arn, "").split(":");
  return { id: arn, partition, service, region: area, account, resource: resource.join(":") };
}

const NOBODY = "00000000-0000-0000-0000-000000000000";

function azureIdentity(context: TypeContext): ValueRecord {
  const subscriptionId = text(settingOf(context, "SUBSCRIPTION_ID"), NOBODY);
  return { subscription_id: subscriptionId, tenant_id: text(settingOf(context, "TENANT_ID"), NOBODY) };
}

function subscription(context: TypeContext): ValueRecord {
  const identity = azureIdentity(context);
  return {
    ...identity,
    id: `/subscriptions/${String(identity["subscription_id"])}`,
    display_name: "Rehearsal",
    state: "Enabled",
  };
}

function accountIn(context: TypeContext): string {
  return accountOf(context) ?? text(settingOf(context, "ACCOUNT"), "000000000000");
}

function regionOf(context: TypeContext): string {
  return text(settingOf(context, "REGION"), "us-east-1");
}

function text(value: Value, otherwise: string): string {
  return typeof value === "string" && value !== "" ? value : otherwise;
}
