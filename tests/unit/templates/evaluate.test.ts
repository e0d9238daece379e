import { expect, test } from "vitest";
import { isMap, toPlain, type Value } from "../../../src/templates/value.ts";
import { analyseText, platformOf, told } from "../compile-text.ts";

const VARS =
  'vars: { text: Abc, number: 5, list: [a, b], map: { k: { l: v } }, none: null, "odd key": o, big: 12345678901234567890 }\n';

async function valueOf(template: string): Promise<Value | undefined> {
  const platform = await platformOf(
    `environments: { dev: {} }\n${VARS}stacks: { a: { module: plain/any, inputs: { value: ${JSON.stringify(template)} } } }\n`,
  );
  const value = platform.stacks[0]?.modules[0]?.inputs.get("value")?.value;
  return value !== undefined && isMap(value) ? (toPlain(value) as Value) : value;
}

test.each<[string, unknown]>([
  ["{{vars.number}}", 5],
  ["{{vars.list}}", ["a", "b"]],
  ["{{vars.map}}", { k: { l: "v" } }],
  ["{{vars.map.k.l}}", "v"],
  ["{{vars.list.[1]}}", "b"],
  ["{{vars.[odd key]}}", "o"],
  ["{{vars.none}}", null],
  ["{{vars.big}}", 12345678901234567890n],
  ["n{{vars.number}} {{vars.big}}", "n5 12345678901234567890"],
  ["{{lower vars.text}}-{{upper (lower vars.text)}}", "abc-ABC"],
  ["{{join '-' vars.list}}", "a-b"],
  ["{{coalesce vars.none 'x'}}", "x"],
  ["{{! a comment }}x", "x"],
  ["\\{{vars.text}} {{vars.number}}", "{{vars.text}} 5"],
  ["\\\\{{vars.text}}", "\\Abc"],
  ["a } b }} c", "a } b }} c"],
  [
    "{{environment.name}}/{{stack.name}}/{{stack.address}}/{{stack.stage}}/{{platform.name}}",
    "dev/a/dev/a/provision/p",
  ],
  ["{{environment.shared}}", false],
])("%s", async (template, expected) => {
  expect(await valueOf(template)).toEqual(expected);
});

test("what Terraform computes stays an expression, and text around it stays text", async () => {
  const platform = await platformOf(`environments: { dev: {} }
variables: { secret: {} }
stacks:
  raw: { module: plain/any }
  a: { module: plain/any, inputs: { value: ["{{outputs.raw.value}}", "x {{outputs.raw.value.y}}{{var.secret}}", "{{lower var.secret}}"] } }
`);
  const value = platform.stackByAddress.get("dev/a")!.modules[0]!.inputs.get("value")!.value as readonly {
    parts: readonly unknown[];
  }[];
  expect(
    value.map(({ parts }) =>
      parts.map((part) => (typeof part === "string" ? part : (part as { kind: string }).kind)),
    ),
  ).toEqual([["output"], ["x ", "output", "variable"], ["call"]]);
});

test("every mistake of one text is told, each at its own place", async () => {
  const { diagnostics } = await analyseText(
    "environments: { dev: {} }\nstacks: { a: { module: plain/any, inputs: { value: \"{{vars.a}} {{lowr 'x'}} {{vars.b}}\" } } }\n",
  );
  expect(told(diagnostics).map(([, at]) => at)).toEqual(["{{vars.a}}", "{{lowr 'x'}}", "{{vars.b}}"]);
});

test.each([
  ["{{vars.list.1}}", "an item of a list is read as 'list.[1]'"],
  ["{{lower vars.list.0 }}", "an item of a list is read as 'list.[0]'"],
  ["{{vars.list[0]}}", "an item of a list is read as 'list.[0]'"],
  [
    "{{vars.map.this}}",
    "'this' has a meaning of its own in templates; an entry of that name is read as '[this]'",
  ],
])("%s is told how to be written", async (template, hint) => {
  const { diagnostics } = await analyseText(
    `environments: { dev: {} }\n${VARS}stacks: { a: { module: plain/any, inputs: { value: "${template}" } } }\n`,
  );
  expect(diagnostics.map((one) => one.hint)).toEqual([hint]);
});
