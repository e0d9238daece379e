import { expect, test } from "vitest";
import { analyseText, platformOf, told } from "../compile-text.ts";

const PLACES = `environments: { core: { shared: true }, dev: {}, prod: { after: dev } }
customers: { acme: {}, globex: { environments: { prod: {} } } }
`;
const STACKS = `  base: { environments: [core], module: plain/any }
  both: { environments: [core, dev, prod], module: plain/any }
  own: { per: customer, module: plain/any }
  zone: { for_each: [eu, us], module: plain/any }
`;

/** The address that a reference leads to, by the address of the stack that reads it. */
async function reads(stack: string, reference: string): Promise<Record<string, string>> {
  const platform = await platformOf(
    `${PLACES}stacks:\n${STACKS}  reader: { ${stack}, module: plain/any, inputs: { value: "{{${reference}}}" } }\n`,
  );
  const readers = platform.stacks.filter((one) => one.name === "reader");
  return Object.fromEntries(
    readers.map((one) => [one.address, one.consumed.map(({ address }) => address).join(" ")]),
  );
}

test("a stack of the same environment comes before a shared one", async () => {
  expect(await reads("environments: [dev]", "outputs.both.value")).toEqual({ "dev/reader": "dev/both" });
  expect(await reads("environments: [dev]", "outputs.base.value")).toEqual({ "dev/reader": "core/base" });
});

test("a stack of the same customer comes first", async () => {
  expect(await reads("per: customer", "outputs.own.value")).toEqual({
    "dev/acme/reader": "dev/acme/own",
    "prod/acme/reader": "prod/acme/own",
    "prod/globex/reader": "prod/globex/own",
  });
});

test("coordinates reach further", async () => {
  expect(await reads("environments: [dev]", "outputs.both.value environment='core'")).toEqual({
    "dev/reader": "core/both",
  });
  expect(await reads("environments: [dev]", "outputs.own.value customer='acme'")).toEqual({
    "dev/reader": "dev/acme/own",
  });
  expect(
    await reads("environments: [dev]", "outputs.own.value customer='globex' environment='prod'"),
  ).toEqual({ "dev/reader": "prod/globex/own" });
  expect(await reads("environments: [prod]", "outputs.own.value customer='*'")).toEqual({
    "prod/reader": "prod/acme/own prod/globex/own",
  });
  expect(await reads("environments: [dev]", "outputs.zone.value each='us'")).toEqual({
    "dev/reader": "dev/zone/us",
  });
  expect(await reads("environments: [dev]", "outputs.zone.value each='*'")).toEqual({
    "dev/reader": "dev/zone/eu dev/zone/us",
  });
});

test("the same key of for_each is meant without saying so", async () => {
  expect(await reads("environments: [dev], for_each: [us]", "outputs.zone.value")).toEqual({
    "dev/reader/us": "dev/zone/us",
  });
});

test("what hangs on a mistake elsewhere is not told again", async () => {
  const { diagnostics } = await analyseText(`environments: { dev: {} }
stacks:
  raw: { environments: [dve], module: plain/any }
  each: { for_each: "{{vars.none}}", module: plain/any }
  copy: { module: plain/any, after: [raw], inputs: { value: "{{outputs.raw.value}} {{outputs.each.value each='x'}}" } }
`);
  expect(told(diagnostics)).toEqual([
    ["unknown-name: there is no environment 'dve'", "dve"],
    ["unknown-name: there is no 'none' in 'vars'", "{{vars.none}}"],
  ]);
});
