import { expect, test } from "vitest";
import { madeUpPort } from "../../../src/provider/made-up-port.ts";
import { madeUpAttribute } from "../../../src/provider/made-up-value.ts";
import type { AttributeSchema, CtyType } from "../../../src/provider/provider-schema.ts";
import { DynamicRecord, type Value } from "../../../src/provider/value.ts";
import { attribute, block, contextOf, ID, memoryWorld, NAME, nestedAttribute } from "./provider-parts.ts";
import { create } from "./terraform-steps.ts";

const aws = { source: "hashicorp/aws", settings: { region: "eu-west-1", ACCOUNT: "123456789012" } };

function madeUp(
  path: string,
  one: AttributeSchema | CtyType = "string",
  typeName = "aws_dynamodb_table",
): Value {
  const context = contextOf(block({}), { ...aws, typeName });
  const schema = typeof one === "object" && "isComputed" in one ? one : attribute(one, "computed");
  return madeUpAttribute(schema, { context, path: path.split("."), label: "orders", seed: "seed" });
}

test.each<[string, RegExp]>([
  ["anything", /^rehearsal-anything-[0-9a-f]{8}$/],
  ["principal_id", /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/],
  ["vpc_id", /^vpc-[0-9a-f]{17}$/],
  ["owner_id", /^123456789012$/],
  ["arn", /^arn:aws:dynamodb:eu-west-1:123456789012:table\/orders$/],
  ["stream_arn", /^arn:aws:dynamodb:eu-west-1:123456789012:stream\/rehearsal-[0-9a-f]{8}$/],
  ["private_ip", /^192\.0\.2\.\d+$/],
  ["ipv6_address", /^2001:db8::[0-9a-f]+$/],
  ["cidr_block", /^198\.51\.100\.0\/24$/],
  ["mac_address", /^02(?::[0-9a-f]{2}){5}$/],
  ["fqdn", /^rehearsal-[0-9a-f]{8}\.invalid$/],
  ["dns_name", /\.invalid$/],
  ["login_url", /^https:\/\/rehearsal-[0-9a-f]{8}\.invalid\/$/],
  ["created_at", /^2020-01-01T00:00:00Z$/],
  ["contact_email", /^rehearsal-contact-email-[0-9a-f]{8}@rehearsal\.invalid$/],
  ["region", /^eu-west-1$/],
  ["private_key_pem", /^-----BEGIN PRIVATE KEY-----\n/],
  ["policy", /^\{\}$/],
])("%s has the shape that its name promises", (name, shape) => {
  expect(madeUp(name)).toMatch(shape);
});

test.each<[typeName: string, engine: string | undefined, port: number]>([
  ["aws_db_instance", "postgres", 5432],
  ["aws_rds_cluster", "aurora-mysql", 3306],
  ["aws_redshift_cluster", undefined, 5439],
  ["aws_elasticache_cluster", "memcached", 11211],
  ["aws_lb_listener", undefined, 443],
])("the port of %s with engine %s", (typeName, engine, port) => {
  expect(madeUpPort(typeName, engine)).toBe(port);
});

test("certificates and keys can be decoded", () => {
  for (const path of ["certificate_authority.data", "kube_config.client_key", "cluster_ca_certificate"]) {
    expect(atob(String(madeUp(path)))).toMatch(/^rehearsal-/);
  }
});

test.each<[string, string]>([
  ["aws_s3_bucket", "arn:aws:s3:::orders"],
  ["aws_iam_role", "arn:aws:iam::123456789012:role/orders"],
  ["aws_lambda_function", "arn:aws:lambda:eu-west-1:123456789012:function:orders"],
  ["aws_cloudwatch_log_group", "arn:aws:logs:eu-west-1:123456789012:log-group:orders"],
  ["aws_sqs_queue", "arn:aws:sqs:eu-west-1:123456789012:orders"],
])("the ARN of %s", (typeName, arn) => {
  expect(madeUp("arn", "string", typeName)).toBe(arn);
});

test("lists of what the provider alone decides have one element, lists that may be written none", () => {
  const objects: CtyType = ["list", ["object", { host: "string", port: "number", on: "bool" }]];
  expect(madeUp("kube_config", objects)).toEqual([
    { host: expect.stringContaining(".invalid"), port: 443, on: false },
  ]);
  expect(madeUp("kube_config", attribute(objects, "optional computed"))).toEqual([]);
  expect(madeUp("addresses", ["set", "number"])).toEqual([0]);
  expect(madeUp("config", nestedAttribute("list", { arn: ID, name: NAME }, "computed"))).toEqual([
    { arn: expect.stringContaining("arn:"), name: null },
  ]);
  expect(madeUp("config", nestedAttribute("set", { arn: ID }, "optional computed"))).toEqual([]);
  expect(madeUp("config", nestedAttribute("map", { arn: ID }, "computed"))).toEqual({});
});

test("maps are empty, tuples whole, anything is a text", () => {
  expect(madeUp("labels", ["map", "string"])).toEqual({});
  expect(madeUp("pair", ["tuple", ["bool", "number"]])).toEqual([false, 0]);
  expect(madeUp("any", "dynamic")).toEqual(new DynamicRecord("string", expect.stringMatching(/^rehearsal-/)));
});

const random = (
  typeName: string,
  names: Readonly<Record<string, CtyType>>,
  config: Readonly<Record<string, Value>>,
) => {
  const computed = Object.fromEntries(
    Object.entries(names).map(([name, type]) => [name, attribute(type, "computed")]),
  );
  const inputs = Object.keys(config).map((name) => [
    name,
    attribute(
      name === "input" ? ["list", "string"] : typeof config[name] === "boolean" ? "bool" : "number",
      "optional",
    ),
  ]);
  const schema = block({ ...computed, ...Object.fromEntries(inputs) });
  const all = { ...Object.fromEntries(Object.keys(names).map((name) => [name, null])), ...config };
  return create(contextOf(schema, { source: "hashicorp/random", typeName }), memoryWorld(), all).state;
};

test("random values have the length and the range that was asked for", () => {
  expect(random("random_password", { id: "string", result: "string" }, { length: 40 })).toMatchObject({
    id: "none",
    result: expect.stringMatching(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[a-zA-Z0-9]{40}$/),
  });
  const lower = { length: 8, upper: false, numeric: false };
  expect(random("random_string", { id: "string", result: "string" }, lower)).toMatchObject({
    result: expect.stringMatching(/^[a-z]{8}$/),
  });
  expect(random("random_integer", { result: "number" }, { min: 5, max: 5 })).toMatchObject({ result: 5 });
  const id = random("random_id", { hex: "string", dec: "string", b64_url: "string" }, { byte_length: 4 });
  const { hex, dec } = id as Record<string, string>;
  expect([hex!.length, BigInt(`0x${hex}`)]).toEqual([8, BigInt(dec!)]);
  expect(
    random("random_shuffle", { result: ["list", "string"] }, { input: ["a", "b"], result_count: 1 }),
  ).toMatchObject({
    result: ["a"],
  });
});
