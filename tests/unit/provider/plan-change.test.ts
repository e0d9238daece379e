import { expect, test } from "vitest";
import { providerEngine } from "../../../src/provider/engine.ts";
import { UNKNOWN } from "../../../src/provider/value.ts";
import {
  attribute,
  block,
  blocks,
  type Config,
  contextOf,
  ID,
  memoryWorld,
  NAME,
  nestedAttribute,
} from "./provider-parts.ts";
import { apply, create, plan } from "./terraform-steps.ts";

const text = (flags: string) => attribute("string", flags);
const rule = block({ port: attribute("number", "required"), arn: ID, note: text("optional") });

test("what the provider computes is unknown, in blocks, nested attributes and sets too", () => {
  const schema = block(
    {
      id: ID,
      name: NAME,
      size: text("optional computed"),
      note: text("optional"),
      secret: text("optional write-only"),
      config: nestedAttribute("list", { name: NAME, arn: ID }, "optional"),
      status: nestedAttribute("single", { phase: ID }, "computed"),
    },
    { rule: blocks("set", rule), limits: blocks("single", rule) },
  );
  const config: Config = {
    id: null,
    name: UNKNOWN,
    size: null,
    note: null,
    secret: "write-only",
    config: [{ name: "a", arn: null }],
    status: null,
    rule: [{ port: 1, arn: null, note: null }],
    limits: null,
  };
  expect(plan(contextOf(schema), null, config)).toEqual({
    planned: {
      id: UNKNOWN,
      name: UNKNOWN,
      size: UNKNOWN,
      note: null,
      secret: null,
      config: [{ name: "a", arn: UNKNOWN }],
      status: UNKNOWN,
      rule: [{ port: 1, arn: UNKNOWN, note: null }],
      limits: null,
    },
    requiresReplace: [],
    problems: [],
  });
});

test("a default that the overlay knows is planned, in blocks too", () => {
  const profile = block({ plugin: text("optional computed"), mode: text("optional computed") });
  const schema = block(
    {
      id: ID,
      size: attribute("number", "optional computed"),
      kinds: attribute(["set", "string"], "optional computed"),
    },
    { profile: blocks("list", profile) },
  );
  const overlay = { defaults: { size: "30", kinds: ["a"], "profile.plugin": "kubenet", id: "never" } };
  const config = { id: null, size: null, kinds: null, profile: [{ plugin: null, mode: "mine" }] };
  expect(plan(contextOf(schema, { overlay }), null, config).planned).toEqual({
    id: UNKNOWN,
    size: 30,
    kinds: ["a"],
    profile: [{ plugin: "kubenet", mode: "mine" }],
  });
});

test("what is destroyed is planned as nothing", () => {
  const answer = plan(contextOf(block({ id: ID })), { id: "x" }, null);
  expect(answer).toEqual({ planned: null, requiresReplace: [], problems: [] });
});

test("a null that the provider left stays null; only new elements are unknown", () => {
  const schema = block(
    { id: ID },
    { list: blocks("list", rule), set: blocks("set", rule), map: blocks("map", rule) },
  );
  const kept = { port: 1, arn: null, note: null };
  const prior = { id: "x", list: [kept], set: [{ ...kept, port: 2, arn: "two" }, kept], map: { a: kept } };
  const added = { port: 3, arn: null, note: null };
  const config = {
    id: null,
    list: [kept, added],
    set: [added, kept, { ...kept, port: 2 }],
    map: { a: { ...kept, note: "changed" }, b: added },
  };
  expect(plan(contextOf(schema), prior, config).planned).toEqual({
    id: "x",
    list: [kept, { ...added, arn: UNKNOWN }],
    set: [{ ...added, arn: UNKNOWN }, kept, { ...kept, port: 2, arn: "two" }],
    map: { a: { ...kept, note: "changed" }, b: { ...added, arn: UNKNOWN } },
  });
});

test("what follows from an attribute by the overlay's template changes with it", () => {
  const schema = block({ id: ID, name: NAME, tier: text("optional"), url: ID, host: ID });
  const overlay = { values: { url: "https://{name}.example.invalid/{tier}", host: "{id}.invalid" } };
  const context = contextOf(schema, { overlay });
  const world = memoryWorld();
  const { state } = create(context, world, { id: null, name: "a", tier: null, url: null, host: null });
  expect(state).toMatchObject({ url: "https://a.example.invalid/" });
  const config = { id: null, name: "a", tier: "x", url: null, host: null };
  expect(plan(context, state, config).planned).toMatchObject({ id: expect.any(String), url: UNKNOWN });
  expect(plan(context, state, config).planned).toMatchObject({ host: expect.stringContaining(".invalid") });
  expect(apply(context, world, state, config).state).toMatchObject({ url: "https://a.example.invalid/x" });
});

test("a changed attribute that forces a new resource is named, down to its place", () => {
  const profile = block({ plugin: text("optional"), mode: text("optional") });
  const schema = block(
    { id: ID, name: NAME, group: NAME, zones: attribute(["list", "string"], "optional") },
    { profile: blocks("list", profile), rule: blocks("set", rule), limits: blocks("single", profile) },
  );
  const overlay = {
    id: "/{SUB}/{group}/{name}",
    forceNew: ["profile.plugin", "rule.port", "zones", "limits.mode", "name"],
  };
  const context = contextOf(schema, { overlay, settings: { SUB: "s" } });
  const kept = { plugin: "a", mode: "m" };
  const prior = {
    id: "/s/g/n",
    name: "n",
    group: "g",
    zones: ["1"],
    profile: [kept, kept],
    rule: [{ port: 1, arn: "x", note: null }],
    limits: null,
  };
  const config = { ...prior, id: null, rule: [{ port: 1, arn: null, note: null }] };
  const replaced = (changes: object) => plan(context, prior, { ...config, ...changes }).requiresReplace;
  expect(replaced({})).toEqual([]);
  expect(replaced({ name: "other" })).toEqual([["name"]]);
  expect(replaced({ group: UNKNOWN })).toEqual([["group"]]);
  expect(replaced({ zones: ["2"] })).toEqual([["zones"]]);
  expect(replaced({ profile: [kept, { plugin: "b", mode: "m" }] })).toEqual([["profile", 1, "plugin"]]);
  expect(replaced({ profile: [kept, { plugin: "a", mode: "changed" }] })).toEqual([]);
  expect(replaced({ profile: [kept] })).toEqual([["profile", 1]]);
  expect(replaced({ profile: UNKNOWN })).toEqual([["profile"]]);
  expect(replaced({ rule: [{ port: 2, arn: null, note: null }] })).toEqual([["rule"]]);
  expect(replaced({ rule: [{ port: 1, arn: null, note: "new" }] })).toEqual([]);
  expect(replaced({ limits: { plugin: null, mode: "m" } })).toEqual([["limits"]]);
  expect(replaced({ limits: { plugin: "p", mode: null } })).toEqual([]);
  expect(plan(context, null, config).requiresReplace).toEqual([]);
});

test("of some attributes only some changes force a new resource", () => {
  const profile = block({ policy: text("optional"), subnet: text("optional") });
  const schema = block(
    {
      id: ID,
      replication: text("optional"),
      size: attribute("number", "optional"),
      enabled: attribute("bool", "optional"),
    },
    { profile: blocks("list", profile) },
  );
  const forceNewIf = {
    replication: [
      { from: ["LRS", "GRS"], to: ["ZRS"] },
      { from: ["ZRS"], to: ["LRS", "GRS"] },
    ],
    size: [{ to: "less" as const }],
    enabled: [{ from: [true], to: [false, null] }],
    "profile.policy": [{ from: ["cilium"] }],
    "profile.subnet": [{ to: [null] }],
  };
  const context = contextOf(schema, { overlay: { forceNewIf } });
  const held = { policy: "cilium", subnet: "s" };
  const prior = { id: "x", replication: "LRS", size: 64, enabled: true, profile: [held] };
  const replaced = (changes: object) =>
    plan(context, prior, { ...prior, id: null, ...changes }).requiresReplace;
  expect(replaced({})).toEqual([]);
  expect(replaced({ replication: "GRS" })).toEqual([]);
  expect(replaced({ replication: "zrs" })).toEqual([["replication"]]);
  expect(replaced({ replication: UNKNOWN })).toEqual([]);
  expect(replaced({ size: 128 })).toEqual([]);
  expect(replaced({ size: 32 })).toEqual([["size"]]);
  expect(replaced({ size: UNKNOWN })).toEqual([]);
  expect(replaced({ size: null })).toEqual([]);
  expect(replaced({ enabled: false })).toEqual([["enabled"]]);
  expect(replaced({ profile: [{ ...held, policy: UNKNOWN }] })).toEqual([["profile", 0, "policy"]]);
  expect(replaced({ profile: [{ ...held, subnet: "t" }] })).toEqual([]);
  expect(replaced({ profile: [{ ...held, subnet: "" }] })).toEqual([["profile", 0, "subnet"]]);
  expect(replaced({ profile: [] })).toEqual([
    ["profile", 0],
    ["profile", 0],
  ]);
  const small = { ...prior, replication: null, size: null, enabled: false, profile: [] };
  const grown = { ...prior, id: null };
  expect(plan(context, small, grown).requiresReplace).toEqual([]);
});

test("all tags of AWS are the provider's and the resource's own, known as soon as these are", () => {
  const tags = attribute(["map", "string"], "optional");
  const schema = block({ id: ID, tags, tags_all: attribute(["map", "string"], "optional computed") });
  const settings = { default_tags: [{ tags: { team: "data", stage: "dev" } }] };
  const context = contextOf(schema, { settings });
  const config = { id: null, tags: { stage: "own" }, tags_all: null };
  expect(plan(context, null, config).planned).toMatchObject({ tags_all: { team: "data", stage: "own" } });
  const prior = { id: "x", tags: { stage: "own" }, tags_all: { stage: "own" } };
  expect(plan(context, prior, config).planned).toMatchObject({ tags_all: { team: "data", stage: "own" } });
  expect(plan(context, null, { ...config, tags: UNKNOWN }).planned).toMatchObject({ tags_all: UNKNOWN });
});

test("planning looks at nothing but its arguments", () => {
  const frozen = Object.freeze({ id: null, name: "n" });
  const context = contextOf(block({ id: ID, name: NAME }));
  const request = Object.freeze({ prior: null, proposed: frozen, config: frozen });
  expect(providerEngine.plan(context, request)).toEqual(providerEngine.plan(context, request));
});
