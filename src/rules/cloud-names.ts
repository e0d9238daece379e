import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child, type SpecNode } from "../spec/node.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { isMap, type Value } from "../templates/value.ts";
import type { PlatformRule } from "./rule.ts";

interface NameLaw {
  readonly what: string;
  readonly takes: (name: string) => boolean;
  readonly hint: string;
}

const BUCKET: NameLaw = {
  what: "an S3 bucket",
  takes: (name) =>
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !/\.\.|^\d+\.\d+\.\d+\.\d+$|^(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)$/.test(
      name,
    ),
  hint: "3 to 63 lower-case letters, digits, '-' and '.', with a letter or digit at both ends",
};
const law = (what: string, pattern: RegExp, hint: string): NameLaw => ({
  what,
  takes: (name) => pattern.test(name),
  hint,
});
const ROLE = law("an IAM role", /^[\w+=,.@-]{1,64}$/, "1 to 64 letters, digits and +=,.@_-");

/** What AWS takes as a name, by the resource's type and argument. */
const BY_ARGUMENT: Readonly<Record<string, NameLaw>> = {
  "aws_s3_bucket.bucket": BUCKET,
  "aws_lambda_function.function_name": law(
    "a Lambda function",
    /^[A-Za-z0-9_-]{1,64}$/,
    "1 to 64 letters, digits, '-' and '_'",
  ),
  "aws_iam_role.name": ROLE,
  "aws_iam_policy.name": law("an IAM policy", /^[\w+=,.@-]{1,128}$/, "1 to 128 letters, digits and +=,.@_-"),
  "aws_dynamodb_table.name": law(
    "a DynamoDB table",
    /^[\w.-]{3,255}$/,
    "3 to 255 letters, digits, '_', '-' and '.'",
  ),
  "aws_sqs_queue.name": law(
    "an SQS queue",
    /^[\w-]{1,80}$|^[\w-]{1,75}\.fifo$/,
    "1 to 80 letters, digits, '-' and '_'",
  ),
  "aws_sns_topic.name": law(
    "an SNS topic",
    /^[\w-]{1,256}$|^[\w-]{1,251}\.fifo$/,
    "1 to 256 letters, digits, '-' and '_'",
  ),
  "aws_kms_alias.name": law(
    "a KMS alias",
    /^alias\/[\w/-]{1,250}$/,
    "'alias/' and then letters, digits, '/', '_' and '-'",
  ),
};

/** Names of which the cloud says what they may be are names that it takes; what a module checks itself is left to it. */
export const cloudNames: PlatformRule = (platform) =>
  platform.stacks.flatMap((stack) => [
    ...ofState(stack, platform),
    ...ofResources(stack),
    ...ofBuckets(stack, platform),
  ]);

function ofState({ state, definition }: Stack, { spec }: Platform): Diagnostic[] {
  if (state.backend !== "s3") return [];
  const places = [child(definition, "state"), spec.state].map((node) =>
    child(child(node, "config"), "bucket"),
  );
  return problems(BUCKET, state.config.get("bucket"), places.find((place) => place !== undefined) ?? state);
}

function ofResources({ resources, definition }: Stack): Diagnostic[] {
  const types = isMap(resources) ? [...resources] : [];
  return types.flatMap(([type, named]) =>
    (isMap(named) ? [...named] : []).flatMap(([name, body]) =>
      (isMap(body) ? [...body] : []).flatMap(([argument, value]) => {
        const known = BY_ARGUMENT[`${type}.${argument}`];
        const node = child(child(child(child(definition, "resources"), type), name), argument);
        return known && node ? problems(known, value, node) : [];
      }),
    ),
  );
}

function ofBuckets({ modules }: Stack, { contracts }: Platform): Diagnostic[] {
  return modules
    .filter((call) => call.source.startsWith("aws/"))
    .flatMap((call) => {
      const input = call.inputs.get("bucket");
      const declared = contracts.get(call.source)?.inputs.get("bucket");
      const isOurs = declared?.type.kind === "string" && declared.validations.length === 0;
      return input && isOurs ? problems(BUCKET, input.value, input.node) : [];
    });
}

function problems(
  { what, takes, hint }: NameLaw,
  value: Value | undefined,
  at: Pick<SpecNode, "range">,
): Diagnostic[] {
  if (typeof value !== "string" || takes(value)) return [];
  const message = `'${value}' is no name that ${what} can have`;
  return [{ code: "bad-name", severity: "error", message, hint: `it takes ${hint}`, range: at.range }];
}
