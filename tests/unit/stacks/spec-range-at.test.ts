import { expect, test } from "vitest";
import { specRangeAt } from "../../../src/stacks/spec-range-at.ts";
import { platformOf } from "../compile-text.ts";

const SPEC = `environments: { dev: {} }
terraform: { providers: { aws: { source: hashicorp/aws, version: "5.0.0" } } }
stacks:
  a:
    providers: { aws: { region: eu-west-1 } }
    modules:
      one: { module: plain/any, inputs: { value: { list: [first, { deep: second }] } } }
    resources:
      aws_vpc: { main: { cidr_block: 10.0.0.0/16 } }
    data:
      aws_region: { here: { name: x } }
    outputs: { said: { value: 1 } }
    assertions: { holds: { condition: "true", error_message: no } }
    extra: { locals: { left: out } }
`;

test.each([
  [["module", "one", "value", "list", "1", "deep"], "deep"],
  [["module", "one", "value", "list", "0"], "first"],
  [["module", "one", "value"], "value"],
  [["module", "one", "source"], "plain/any"],
  [["module", "one"], "plain/any"],
  [["resource", "aws_vpc", "main", "cidr_block"], "cidr_block"],
  [["resource", "aws_vpc", "main", "tags"], "main"],
  [["data", "aws_region", "here", "name"], "name"],
  [["output", "said", "value"], "said"],
  [["check", "holds", "assert", "condition"], "holds"],
  [["provider", "aws", "region"], "{ region: eu-west-1 }"],
  [["locals", "left"], undefined],
  [["terraform", "backend"], undefined],
])("%j comes from %s", async (path, text) => {
  const stack = (await platformOf(SPEC)).stackByAddress.get("dev/a")!;
  const range = specRangeAt(stack, path);
  expect(range && range.file.text.slice(range.start, range.end)).toBe(text);
});
