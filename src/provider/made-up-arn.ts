import { accountOf } from "./configuration-scope.ts";
import type { TextPlace } from "./text-place.ts";
import { settingOf } from "./setting-of.ts";

/** Of types whose name does not begin with what their ARNs call the service. */
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/^cloudwatch_log_/, "logs"],
  [/^cloudwatch_event_/, "events"],
  [
    /^(?:instance|vpc|subnet|security_group|route|eip|nat_gateway|internet_gateway|launch_template|ebs)/,
    "ec2",
  ],
  [/^(?:lb|alb|elb)(?:_|$)/, "elasticloadbalancing"],
  [/^db_/, "rds"],
  [/^sfn_/, "states"],
  [/^ses\w*?_/, "ses"],
  [/^api_gateway|^apigateway/, "apigateway"],
  [/^efs_/, "elasticfilesystem"],
  [/^msk_/, "kafka"],
  [/^kinesis_firehose_/, "firehose"],
];
/** The part of an ARN before the name, where it is not the kind and a slash. */
const KINDS: Readonly<Record<string, string>> = {
  s3_bucket: "",
  sqs_queue: "",
  sns_topic: "",
  cloudwatch_log_group: "log-group:",
  lambda_function: "function:",
  secretsmanager_secret: "secret:",
  sfn_state_machine: "stateMachine:",
  db_instance: "db:",
  rds_cluster: "cluster:",
  cloudwatch_event_rule: "rule/",
  iam_openid_connect_provider: "oidc-provider/",
  glue_catalog_database: "database/",
};
const WITHOUT_ACCOUNT = new Set(["s3"]);
const WITHOUT_REGION = new Set(["s3", "iam", "route53", "cloudfront"]);

/** An ARN in its type's shape, in the region and account of the provider's configuration. */
export function madeUpArn({ context, path, label, digest }: TextPlace): string {
  const type = context.typeName.replace(/^aws_/, "");
  const own = path.length === 1 && path[0] === "arn";
  const service = own || !/(?:^|_)role_arn$/.test(path.at(-1) ?? "") ? serviceOf(type) : "iam";
  const region = WITHOUT_REGION.has(service) ? "" : textOf(settingOf(context, "REGION"), "us-east-1");
  const account = WITHOUT_ACCOUNT.has(service)
    ? ""
    : (accountOf(context) ?? textOf(settingOf(context, "ACCOUNT"), "000000000000"));
  const resource = own
    ? `${KINDS[type] ?? `${kindOf(type)}/`}${label}`
    : `${(path.at(-1) ?? "").replace(/_?arn$/, "").replaceAll("_", "-")}/rehearsal-${digest.slice(0, 8)}`;
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

function serviceOf(type: string): string {
  return SERVICES.find(([pattern]) => pattern.test(type))?.[1] ?? type.split("_")[0]!;
}

function kindOf(type: string): string {
  const [first, ...rest] = type.split("_");
  return rest.length === 0 ? first! : rest.join("-");
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
