import { expect, test } from "vitest";
import { madeUpText } from "../../../src/provider/made-up-text.ts";
import { missingParents } from "../../../src/provider/missing-parents.ts";
import type { ParentRule } from "../../../src/provider/parent-rule.ts";
import type { ProviderFamily, TypeContext, World } from "../../../src/provider/provider-engine.ts";
import { UNKNOWN, type Value } from "../../../src/provider/value.ts";
import { worldWithGiven } from "../../../src/provider/world-with-given.ts";
import { attribute, block, contextOf, NAME } from "./provider-parts.ts";

const GROUP = block({ name: NAME, id: attribute("string", "computed") });
const FAMILY: ProviderFamily = {
  resources: new Map(),
  overlays: new Map([
    ["cloud_group", { id: "/accounts/{ACCOUNT}/groups/{name}" }],
    ["cloud_network", { id: "/accounts/{ACCOUNT}/groups/{group}/networks/{name}" }],
  ]),
  dataOverlays: new Map(),
  protections: [],
  parents: [
    {
      of: ["cloud_*"],
      attribute: "team",
      types: ["cloud_team"],
      by: ["name"],
      also: ["other/cloud:other_team"],
      unless: ["default*"],
    },
  ],
  given: [],
};
const KEPT = { resources: new Map([["cloud_group", { version: 0, block: GROUP }]]) };

const contextWith = (
  more: Partial<ProviderFamily> = {},
  settings: TypeContext["settings"] = {},
): TypeContext =>
  contextOf(block({ name: NAME, team: attribute("string", "optional") }), {
    typeName: "cloud_network",
    settings: { ACCOUNT: "1", ...settings },
    family: { ...FAMILY, ...more },
  });
const worldOf = (made: readonly (readonly [type: string, id: string, value: Value])[]): World => ({
  find: () => undefined,
  list: (source, type) =>
    made.filter(([one]) => one === `${source}:${type}`).map(([, id, value]) => ({ id, value })),
  children: () => [],
});
const ID = "/accounts/1/groups/g/networks/n";
const parentsIn = (context: TypeContext, world: World, planned: Value = { name: "n" }) => {
  const { problems, assumed } = missingParents(context, planned, { id: ID, worldId: ID }, world);
  return { problems: problems.map(({ summary }) => summary), assumed };
};

test("what is made nowhere is a mistake only where the platform makes such things, or says which are given", () => {
  const missing = 'There is no cloud_group "/accounts/1/groups/g"';
  expect(parentsIn(contextWith(), worldOf([]))).toEqual({
    problems: [],
    assumed: ['cloud_group "/accounts/1/groups/g"'],
  });
  expect(parentsIn(contextWith(KEPT), worldOf([]))).toEqual({ problems: [missing], assumed: [] });
  const other = { source: "example/cloud", typeName: "cloud_group", attributes: { name: "other" } };
  expect(parentsIn(contextWith({ given: [other] }), worldOf([])).problems).toEqual([missing]);
});

test("what was made or is given is there, whatever the case of its id", () => {
  const made = worldOf([["example/cloud:cloud_group", "/accounts/1/groups/G", { name: "G" }]]);
  expect(parentsIn(contextWith(KEPT), made)).toEqual({ problems: [], assumed: [] });
  const given = [{ source: "example/cloud", typeName: "cloud_group", attributes: { name: "g" } }];
  const context = contextWith({ ...KEPT, given });
  expect(parentsIn(context, worldWithGiven(context, worldOf([])))).toEqual({ problems: [], assumed: [] });
});

test("what something made beside itself is there", () => {
  const overlays = new Map([...FAMILY.overlays, ["cloud_cluster", { makes: ["own_group"] }] as const]);
  const context = contextWith({ ...KEPT, overlays });
  const cluster = (group: string) =>
    worldOf([["example/cloud:cloud_cluster", "/clusters/c", { own_group: group }]]);
  expect(parentsIn(context, cluster("/accounts/1/Groups/G"))).toEqual({ problems: [], assumed: [] });
  expect(parentsIn(context, cluster("/accounts/1/groups/h")).problems).toHaveLength(1);
});

test("what data sources of the project make up is never missing", () => {
  const dataOverlays = new Map([["cloud_group", { finds: null }]]);
  expect(parentsIn(contextWith({ ...KEPT, dataOverlays }), worldOf([])).problems).toEqual([]);
});

test("a rule says by which name; what the cloud has itself and what others made on the way is there", () => {
  const context = contextWith({ overlays: new Map() });
  const named = (team: string, world = worldOf([])) => parentsIn(context, world, { name: "n", team });
  expect(named("blue").assumed).toEqual(['cloud_team "blue"']);
  expect(named("default-1").assumed).toEqual([]);
  expect(named("blue", worldOf([["other/cloud:other_team", "x", { name: "blue" }]])).assumed).toEqual([]);
});

test("what lies in another place is not there", () => {
  const context = contextWith({ overlays: new Map() });
  const world = worldOf([["example/cloud:cloud_team", "[region=west] t", { name: "blue" }]]);
  const asked = (worldId: string) =>
    missingParents(context, { name: "n", team: "blue" }, { id: "n", worldId }, world).assumed;
  expect(asked("[region=east] n")).toEqual(['cloud_team "blue"']);
  expect(asked("[region=west zone=a] n")).toEqual([]);
});

const NET_RULE: ParentRule = {
  of: ["cloud_server"],
  attribute: ["subnet_id", "network.subnets"],
  types: ["cloud_subnet"],
  by: ["id"],
};
const serverIn = (
  planned: Value,
  world: World,
  { rule = NET_RULE, ...more }: Partial<ProviderFamily> & { readonly rule?: ParentRule } = {},
  worldId = "[region=west] s",
) => {
  const made = new Map(["cloud_subnet", "cloud_role"].map((type) => [type, { version: 0, block: GROUP }]));
  const family = { ...FAMILY, overlays: new Map(), resources: made, parents: [rule], ...more };
  const context = contextOf(GROUP, { typeName: "cloud_server", settings: { ACCOUNT: "000" }, family });
  return missingParents(context, planned, { id: "s", worldId }, world);
};
const missingIn = (...asked: Parameters<typeof serverIn>) => {
  const { problems, assumed } = serverIn(...asked);
  return { problems: problems.map(({ summary }) => summary), assumed };
};
const FOUND = { problems: [], assumed: [] };

test("each name in lists and in blocks is looked for; ids count wherever they lie", () => {
  const world = worldOf([["example/cloud:cloud_subnet", "[region=east] a", { id: "subnet-a" }]]);
  const inLists = (one: string) => ({ network: [{ subnets: ["subnet-a"] }, { subnets: ["subnet-a", one] }] });
  expect(missingIn({ subnet_id: "subnet-a" }, world)).toEqual(FOUND);
  expect(missingIn(inLists("subnet-a"), world)).toEqual(FOUND);
  expect(missingIn(inLists("subnet-b"), world).problems).toEqual(['There is no cloud_subnet "subnet-b"']);
  expect(missingIn({ subnet_id: UNKNOWN, network: null }, world)).toEqual(FOUND);
});

test("what the rehearsal has made up itself is taken for there", () => {
  const madeUp = madeUpText({
    context: contextOf(GROUP, { source: "hashicorp/aws", typeName: "aws_vpc" }),
    path: ["subnet_id"],
    label: "",
    digest: "0123456789abcdef0123456789abcdef",
  });
  for (const name of [madeUp, "rehearsal-subnet-ids-0123abcd", "arn:aws:iam::000:role/rehearsal-0123abcd"])
    expect(missingIn({ subnet_id: name }, worldOf([]))).toEqual(FOUND);
  expect(missingIn({ subnet_id: "subnet-0123456789abcdef0" }, worldOf([])).problems).toHaveLength(1);
});

const ROLE_RULE: ParentRule = {
  of: ["cloud_server"],
  attribute: "role",
  types: ["cloud_role"],
  by: ["name", "arn"],
  unless: ["arn:*:iam::cloud:*"],
};

test("an ARN fits whatever account it says, and one of an account that nobody knows is only told", () => {
  const role = { name: "r", arn: "arn:aws:iam::000:role/r" };
  const world = worldOf([["example/cloud:cloud_role", "r", role]]);
  const asked = (name: string) => missingIn({ role: name }, world, { rule: ROLE_RULE });
  for (const name of [
    "r",
    role.arn,
    "arn:aws:iam::111122223333:role/r",
    "arn:aws:iam::cloud:role/x",
    "r:alias",
  ])
    expect(asked(name)).toEqual(FOUND);
  expect(asked("arn:aws:iam::000:role/x").problems).toEqual([
    'There is no cloud_role "arn:aws:iam::000:role/x"',
  ]);
  expect(asked("arn:aws:iam::111122223333:role/x")).toEqual({
    problems: [],
    assumed: ['cloud_role "arn:aws:iam::111122223333:role/x"'],
  });
  const [problem] = serverIn({ role: "arn:aws:iam::000:role/x" }, world, { rule: ROLE_RULE }).problems;
  expect(problem?.detail).toContain('cloud_role:\n    - { arn: "arn:aws:iam::000:role/x" }');
});

test("a parent may be of another provider, and what makes it itself needs none", () => {
  const rule: ParentRule = {
    of: ["cloud_server"],
    attribute: "room",
    types: ["other/house:house_room"],
    by: ["name"],
    itself: ["make_room"],
  };
  const world = worldOf([["other/house:house_room", "x", { name: "hall" }]]);
  const elsewhere = new Set(["other/house:house_room"]);
  expect(missingIn({ room: "hall" }, world, { rule, elsewhere })).toEqual(FOUND);
  expect(missingIn({ room: "attic" }, world, { rule, elsewhere }).problems).toEqual([
    'There is no house_room "attic"',
  ]);
  expect(missingIn({ room: "attic" }, world, { rule }).assumed).toEqual(['house_room "attic"']);
  expect(missingIn({ room: "attic", make_room: true }, world, { rule, elsewhere })).toEqual(FOUND);
  expect(missingIn({ room: "attic", make_room: false }, world, { rule, elsewhere }).problems).toHaveLength(1);
});
