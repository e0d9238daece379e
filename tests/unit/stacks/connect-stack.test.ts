import { expect, test } from "vitest";
import { analyseText, platformOf, told } from "../compile-text.ts";

test("references know their kind and their place", async () => {
  const platform = await platformOf(`environments: { dev: {} }
terraform: { providers: { web: { source: x/web, config: { host: "{{outputs.raw.value}}" } } } }
stacks:
  raw: { module: plain/any }
  copy:
    after: [raw]
    module: plain/any
    resources: { web_page: { one: {} } }
    inputs: { value: "see {{outputs.raw.value}}!" }
    checks: { up: { tcp: { host: "{{self.value}}", port: 1 } } }
`);
  const copy = platform.stackByAddress.get("dev/copy")!;
  expect(
    copy.references.map(({ kind, address, output, range }) => [
      kind,
      address,
      output,
      range.file.text.slice(range.start, range.end),
    ]),
  ).toEqual([
    ["value", "dev/raw", "value", "{{outputs.raw.value}}"],
    ["provider", "dev/raw", "value", "{{outputs.raw.value}}"],
    ["after", "dev/raw", undefined, "raw"],
    ["check", "dev/copy", "value", "{{self.value}}"],
  ]);
  expect(copy.upstream).toEqual(["dev/raw"]);
  expect(copy.consumed).toEqual([{ address: "dev/raw", output: "value" }]);
});

test("what a stack reads in checks alone comes first, and is no input of Terraform", async () => {
  const platform = await platformOf(`environments: { dev: {} }
stacks:
  raw: { module: plain/any }
  copy: { module: plain/any, checks: { up: { tcp: { host: "{{outputs.raw.value}}", port: 1 } } } }
`);
  const copy = platform.stackByAddress.get("dev/copy")!;
  expect([copy.upstream, copy.consumed]).toEqual([["dev/raw"], []]);
});

test("vars are evaluated for each stack", async () => {
  const platform = await platformOf(`environments: { dev: {} }
vars: { label: "of {{stack.name}}" }
stacks:
  a: { module: plain/any, inputs: { value: "{{vars.label}}" } }
  b: { module: plain/any, inputs: { value: "{{vars.label}}" } }
`);
  expect(platform.stacks.map((stack) => stack.modules[0]?.inputs.get("value")?.value)).toEqual([
    "of a",
    "of b",
  ]);
});

test("inputs from vars give way to inputs that are written", async () => {
  const platform = await platformOf(`environments: { dev: {} }
vars: { value: from-vars, other: x }
stacks:
  a: { module: plain/any, inputs_from: vars }
  b: { module: plain/any, inputs_from: vars, inputs: { value: own } }
`);
  expect(
    platform.stacks.map((stack) => [...stack.modules[0]!.inputs].map(([name, { value }]) => [name, value])),
  ).toEqual([[["value", "from-vars"]], [["value", "own"]]]);
});

test("earlier addresses are whole ones", async () => {
  const platform = await platformOf(`environments: { dev: {}, prod: { after: dev } }
customers: { acme: {} }
stacks:
  a: { moved: [old, deep/old], module: plain/any }
  b: { per: customer, environments: [prod], for_each: [eu], moved: [was], module: plain/any }
`);
  expect(platform.stacks.map((stack) => stack.moved.map(({ address }) => address))).toEqual([
    ["dev/old", "dev/deep/old"],
    ["prod/old", "prod/deep/old"],
    ["prod/acme/was/eu"],
  ]);
});

test("one mistake in vars is told once, at the entry", async () => {
  const { diagnostics } = await analyseText(`environments: { dev: {}, prod: { after: dev } }
vars: { one: "{{vars.none}}", two: "{{vars.one}}-{{lower vars.one}}" }
stacks:
  a: { module: plain/any, inputs: { value: "{{vars.two}}" } }
  b: { module: plain/any, inputs: { value: { x: "{{vars.one}}" } } }
`);
  expect(told(diagnostics)).toEqual([["unknown-name: there is no 'none' in 'vars'", "{{vars.none}}"]]);
});
