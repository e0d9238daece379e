import { expect, test } from "vitest";
import { readGiven } from "../../../src/rehearsal/read-given.ts";

test("reads what exists by type, each with its line", () => {
  const reading = readGiven(
    "given:\n  aws_vpc:\n    - { default: true }\n    - id: vpc-1\n      tags: { Name: old }\n",
  );
  expect(reading).toEqual({
    given: [
      { typeName: "aws_vpc", attributes: { default: true }, line: 3 },
      { typeName: "aws_vpc", attributes: { id: "vpc-1", tags: { Name: "old" } }, line: 4 },
    ],
    problems: [],
  });
});

test.each([
  ["", []],
  ["given: {}\n", []],
  ["given: [x]\n", [{ line: 1, message: expect.stringContaining("'given' must be a map by resource type") }]],
  ["give: {}\n", [{ line: 1, message: "unknown key 'give': there is 'given'" }]],
  ["given:\n  aws_vpc: x\n", [{ line: 2, message: "'given.aws_vpc' must be a list: - { name: ... }" }]],
  [
    "given:\n  aws_vpc:\n    - vpc-1\n",
    [{ line: 3, message: "each of 'given.aws_vpc' must be a map of attributes: - { name: ... }" }],
  ],
  ["given:\n  aws_vpc: [\n", [{ line: expect.any(Number), message: expect.stringContaining("Flow") }]],
])("says what is wrong in %j", (content, problems) => {
  expect(readGiven(content)).toEqual({ given: [], problems });
});
