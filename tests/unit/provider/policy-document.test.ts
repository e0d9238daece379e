import { expect, test } from "vitest";
import { policyDocument } from "../../../src/provider/policy-document.ts";
import type { Value } from "../../../src/provider/value.ts";

const statement = (parts: Readonly<Record<string, Value>>): Value => ({
  sid: null,
  effect: null,
  actions: null,
  not_actions: null,
  resources: null,
  not_resources: null,
  principals: [],
  not_principals: [],
  condition: [],
  ...parts,
});

// What hashicorp/aws 5.100.0 answers to the same configuration.
test("a policy document reads as the provider writes it", () => {
  const { minified_json, json } = policyDocument({
    policy_id: "doc",
    version: null,
    source_policy_documents: [
      '{"Version":"2012-10-17","Statement":[{"Sid":"Base","Effect":"Allow","Action":"s3:GetObject","Resource":"*"},{"Sid":"Read","Effect":"Deny","Action":"s3:*","Resource":"*"}]}',
    ],
    statement: [
      statement({
        sid: "Read",
        actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListBucket"],
        resources: ["arn:aws:s3:::b", "arn:aws:s3:::b/&{aws:username}/*"],
        condition: [
          { test: "StringEquals", variable: "aws:PrincipalTag/x", values: ["<1&2>"] },
          { test: "StringLike", variable: "s3:prefix", values: ["b", "a"] },
          { test: "StringLike", variable: "aws:b", values: ["one"] },
        ],
      }),
      statement({
        effect: "Deny",
        not_actions: ["iam:*"],
        not_resources: ["*"],
        principals: [
          { type: "AWS", identifiers: ["arn:aws:iam::000000000000:root"] },
          { type: "Service", identifiers: ["glue.amazonaws.com", "lambda.amazonaws.com"] },
        ],
      }),
      statement({ actions: ["sts:AssumeRole"], principals: [{ type: "*", identifiers: ["*"] }] }),
      statement({ actions: ["sts:AssumeRole"], not_principals: [{ type: "AWS", identifiers: ["*"] }] }),
    ],
    override_policy_documents: [
      '{"Statement":[{"Sid":"Base","Effect":"Deny","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"}]}',
    ],
  });
  expect(minified_json).toBe(
    String.raw`{"Version":"2012-10-17","Id":"doc","Statement":[` +
      String.raw`{"Sid":"Base","Effect":"Deny","Action":["s3:GetObject","s3:PutObject"],"Resource":"*"},` +
      String.raw`{"Sid":"Read","Effect":"Allow","Action":["s3:ListBucket","s3:GetObject","s3:AbortMultipartUpload"],` +
      '"Resource":["arn:aws:s3:::b/${aws:username}/*","arn:aws:s3:::b"],' +
      String.raw`"Condition":{"StringEquals":{"aws:PrincipalTag/x":"\u003c1\u00262\u003e"},` +
      String.raw`"StringLike":{"aws:b":"one","s3:prefix":["b","a"]}}},` +
      String.raw`{"Effect":"Deny","NotAction":"iam:*","NotResource":"*","Principal":{"AWS":"arn:aws:iam::000000000000:root",` +
      String.raw`"Service":["lambda.amazonaws.com","glue.amazonaws.com"]}},` +
      String.raw`{"Effect":"Allow","Action":"sts:AssumeRole","Principal":"*"},` +
      String.raw`{"Effect":"Allow","Action":"sts:AssumeRole","NotPrincipal":{"AWS":"*"}}]}`,
  );
  expect(JSON.stringify(JSON.parse(String(json)))).toBe(JSON.stringify(JSON.parse(String(minified_json))));
});

test("principals of one type stand together, each block's sorted downwards", () => {
  const principals = [
    { type: "AWS", identifiers: ["a", "b"] },
    { type: "AWS", identifiers: ["c"] },
    { type: "Federated", identifiers: ["z"] },
  ];
  expect(
    policyDocument({ statement: [statement({ actions: ["b:X"], resources: ["*"], principals })] })[
      "minified_json"
    ],
  ).toBe(
    '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"b:X","Resource":"*","Principal":{"AWS":["b","a","c"],"Federated":"z"}}]}',
  );
});

test("a document without statements has none", () => {
  expect(policyDocument({ statement: [] })["json"]).toBe('{\n  "Version": "2012-10-17"\n}');
});
