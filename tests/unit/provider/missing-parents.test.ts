import { expect, test } from "vitest";
import { missingParents } from "../../../src/provider/missing-parents.ts";
import type { ProviderFamily, TypeContext, World } from "../../../src/provider/provider-engine.ts";
import type { Value } from "../../../src/provider/value.ts";
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
