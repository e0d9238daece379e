import { describe, expect, test } from "vitest";
import { type SelectOptions, selectStacks } from "../../../src/stacks/select-stacks.ts";
import { platformOf } from "./platforms.ts";

const platform = await platformOf(`
version: 1
platform: p
state: { backend: local }
environments: { global: { shared: true }, dev: {}, prod: { after: dev } }
customers:
  acme: { apps: [superset] }
  globex: { apps: [superset], environments: { prod: {} } }
apps: { superset: {}, deploy: {} }
stacks:
  registry: { environments: [global], module: test/tiny }
  raw: { address: storage/raw, module: test/tiny }
  processed: { address: storage/processed, module: test/tiny, inputs: { name: "{{outputs.raw.id}}" } }
  catalog: { after: [processed, registry], module: test/tiny }
  superset: { app: superset, per: customer, stage: deploy, module: test/tiny, inputs: { name: "{{outputs.raw.id}}" } }
  superset-db: { app: superset, per: customer, module: test/tiny }
`);

const select = (...selectors: string[]): readonly string[] | string => told(selectors);

function told(selectors: readonly string[], options?: SelectOptions): readonly string[] | string {
  const result = selectStacks(platform, selectors, options);
  return result.status === "ok" ? [...result.addresses] : `${result.message}; ${result.hint}`;
}

const all = platform.stacks.map((stack) => stack.address);
const under = (folder: string): readonly string[] => all.filter((one) => one.startsWith(`${folder}/`));

describe("one selector", () => {
  test("an address", () => expect(select("dev/storage/raw")).toEqual(["dev/storage/raw"]));
  test("the folder that addresses lie in", () =>
    expect(select("dev/acme/")).toEqual(["dev/acme/superset", "dev/acme/superset-db"]));
  test("an environment", () => expect(select("dev")).toEqual(under("dev")));
  test("a stack", () => expect(select("raw")).toEqual(["dev/storage/raw", "prod/storage/raw"]));
  test("a customer", () => expect(select("acme")).toEqual([...under("dev/acme"), ...under("prod/acme")]));
  test("a stage and an app that has no stack", () =>
    expect(select("deploy")).toEqual(["dev/acme/superset", "prod/acme/superset", "prod/globex/superset"]));
  test.each([
    ["env:dev", under("dev")],
    ["env:*o*", [...under("global"), ...under("prod")]],
    ["stage:deploy", ["dev/acme/superset", "prod/acme/superset", "prod/globex/superset"]],
    ["customer:globex", under("prod/globex")],
    ["app:superset", all.filter((one) => one.includes("superset"))],
    ["app:deploy", []],
    ["stack:superset", ["dev/acme/superset", "prod/acme/superset", "prod/globex/superset"]],
    ["module:test/tiny", all],
    ["module:test/*", all],
  ])("%s", (selector, expected) => expect(select(selector)).toEqual(expected));
  test.each([
    ["dev/**", under("dev")],
    ["*/storage/*", all.filter((one) => one.includes("storage"))],
    ["dev/*", ["dev/catalog"]],
    ["**/raw", ["dev/storage/raw", "prod/storage/raw"]],
    ["superset-*", all.filter((one) => one.endsWith("-db"))],
    ["*", all],
    ["**", all],
  ])("the glob %s", (selector, expected) => expect(select(selector)).toEqual(expected));
});

describe("reach", () => {
  test("dependents, through stacks, but not those that only follow in a later stage", () =>
    expect(select("dev/storage/raw...")).toEqual([
      "dev/acme/superset",
      "dev/catalog",
      "dev/storage/processed",
      "dev/storage/raw",
    ]));
  test("upstreams", () =>
    expect(select("...dev/catalog")).toEqual([
      "dev/catalog",
      "dev/storage/processed",
      "dev/storage/raw",
      "global/registry",
    ]));
  test("both", () =>
    expect(select("...dev/storage/processed...")).toEqual([
      "dev/catalog",
      "dev/storage/processed",
      "dev/storage/raw",
    ]));
  test("of an exclusion", () =>
    expect(select("dev", "!...catalog")).toEqual(["dev/acme/superset", "dev/acme/superset-db"]));
});

describe("several", () => {
  test("are joined, in the order of the platform", () =>
    expect(select("registry", "dev/catalog")).toEqual(["dev/catalog", "global/registry"]));
  test("also by commas", () =>
    expect(select("registry, dev/catalog")).toEqual(["dev/catalog", "global/registry"]));
  test("none is all", () => expect(select()).toEqual(all));
  test("an exclusion alone leaves all the others", () =>
    expect(select("!prod", "!global/**")).toEqual(under("dev")));
  test("an exclusion wins wherever it stands", () =>
    expect(select("!dev/acme", "dev", "dev/acme/superset")).toEqual([
      "dev/catalog",
      "dev/storage/processed",
      "dev/storage/raw",
    ]));
});

describe("affected", () => {
  const affected = new Set(["dev/storage/processed"]);
  test("is the set that is given", () =>
    expect(told(["affected"], { affected })).toEqual(["dev/storage/processed"]));
  test("reaches too", () =>
    expect(told(["affected..."], { affected })).toEqual(["dev/catalog", "dev/storage/processed"]));
  test("needs a set", () =>
    expect(told(["affected"])).toBe(
      "'affected' has nothing to compare with; name a revision, such as --base origin/main",
    ));
});

describe("what means nothing", () => {
  test.each([
    ["dve", "'dve' is no environment, stack, customer, app or stage; did you mean 'dev'?"],
    [
      "suprset-db",
      "'suprset-db' is no environment, stack, customer, app or stage; did you mean 'superset-db'?",
    ],
    [
      "zzz",
      "'zzz' is no environment, stack, customer, app or stage; there are 'env:global', 'env:dev', 'env:prod'",
    ],
    ["dev/strage/raw", "there is no stack 'dev/strage/raw'; did you mean 'dev/storage/raw'?"],
    [
      "storage/raw",
      "there is no stack 'storage/raw'; did you mean 'dev/storage/raw'? '**/storage/raw' is all of them",
    ],
    ["dev/acmee", "there is no stack 'dev/acmee'; did you mean 'dev/acme'?"],
    ["test/tiny", "there is no stack 'test/tiny'; the stacks of a module are 'module:test/tiny'"],
    ["environment:dev", "'environment:' is no kind of selector; did you mean 'env:dev'?"],
    ["costumer:acme", "'costumer:' is no kind of selector; did you mean 'customer:acme'?"],
    ["env:pord", "there is no environment 'pord'; did you mean 'env:prod'?"],
    ["customer:nobody", "there is no customer 'nobody'; there are 'customer:acme', 'customer:globex'"],
    ["superset", "'superset' could mean 'stack:superset' or 'app:superset'; write the one that is meant"],
    ["gl*", "no stack matches 'gl*'; a glob without '/' looks at stack names; environments are 'env:gl*'"],
    [
      "!dve/**",
      "no stack matches 'dve/**'; addresses look like 'dev/acme/superset'; '*' stays within one part, '**' does not",
    ],
    ["!", "the selector '!' names nothing; write an address, an environment or a glob, such as 'dev/**'"],
    [
      "......",
      "the selector '......' names nothing; write an address, an environment or a glob, such as 'dev/**'",
    ],
  ])("%s", (selector, expected) => expect(select(selector)).toBe(expected));
});
