import { expect, test } from "vitest";
import { readGiven } from "../../../src/rehearsal/read-given.ts";

test("reads what exists by type, each with its line", () => {
  const reading = readGiven(
    "given:\n  aws_vpc:\n    - { default: true }\n    - id: vpc-1\n      tags: { Name: old }\n",
    [],
  );
  expect(reading).toEqual({
    given: [
      { typeName: "aws_vpc", attributes: { default: true }, line: 3 },
      { typeName: "aws_vpc", attributes: { id: "vpc-1", tags: { Name: "old" } }, line: 4 },
    ],
    problems: [],
  });
});

test("what an environment alone has says which one that is", () => {
  const content =
    "given: { aws_vpc: [{ id: a }] }\nenvironments:\n  prod:\n    given:\n      aws_vpc:\n        - { id: b }\n";
  expect(readGiven(content, ["dev", "prod"])).toEqual({
    given: [
      { typeName: "aws_vpc", attributes: { id: "a" }, line: 1 },
      { typeName: "aws_vpc", attributes: { id: "b" }, environment: "prod", line: 6 },
    ],
    problems: [],
  });
});

test.each([
  ["", []],
  ["environments: { prod: {} }\n", []],
  [
    "environments:\n  pord: { given: {} }\n",
    [{ line: 2, message: "the platform has no environment 'pord'; did you mean 'prod'?" }],
  ],
  [
    "environments: { elsewhere: {} }\n",
    [{ line: 1, message: "the platform has no environment 'elsewhere'; there is 'dev', 'prod'" }],
  ],
  ["environments: [prod]\n", [{ line: 1, message: expect.stringContaining("must be a map by environment") }]],
  [
    "environments:\n  prod:\n    aws_vpc: [{ id: a }]\n",
    [{ line: 3, message: "unknown key 'aws_vpc' in 'environments.prod': there is 'given'" }],
  ],
  ["environments:\n  dev:\n", [{ line: 2, message: "'environments.dev' must be a map with 'given'" }]],
  [
    "environments: { dev: { given: { aws_vpc: x } } }\n",
    [{ line: 1, message: "'environments.dev.given.aws_vpc' must be a list: - { name: ... }" }],
  ],
  ["given: {}\n", []],
  ["given: [x]\n", [{ line: 1, message: expect.stringContaining("'given' must be a map by resource type") }]],
  ["give: {}\n", [{ line: 1, message: "unknown key 'give': there are 'given' and 'environments'" }]],
  ["given:\n  aws_vpc: x\n", [{ line: 2, message: "'given.aws_vpc' must be a list: - { name: ... }" }]],
  [
    "given:\n  aws_vpc:\n    - vpc-1\n",
    [{ line: 3, message: "each of 'given.aws_vpc' must be a map of attributes: - { name: ... }" }],
  ],
  ["given:\n  aws_vpc: [\n", [{ line: expect.any(Number), message: expect.stringContaining("Flow") }]],
])("says what is wrong in %j", (content, problems) => {
  expect(readGiven(content, ["dev", "prod"])).toEqual({ given: [], problems });
});
