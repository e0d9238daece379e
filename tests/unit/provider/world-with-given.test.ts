import { expect, test } from "vitest";
import type { GivenResource } from "../../../src/provider/given-resource.ts";
import type { TypeContext, World } from "../../../src/provider/provider-engine.ts";
import { worldWithGiven } from "../../../src/provider/world-with-given.ts";
import { attribute, block, contextOf, NAME } from "./provider-parts.ts";

const GROUP = block({
  name: NAME,
  place: attribute("string", "optional"),
  id: attribute("string", "computed"),
});
const NOTHING: World = { find: () => undefined, list: () => [], children: () => [] };

const groupOf = (name: string, place: string, environment?: string): GivenResource => ({
  source: "example/cloud",
  typeName: "cloud_group",
  attributes: { name, place },
  ...(environment !== undefined && { environment }),
});

const listed = (environment: string, given: readonly GivenResource[]): readonly unknown[] => {
  const context: TypeContext = contextOf(GROUP, {
    typeName: "cloud_group",
    environment,
    family: {
      resources: new Map([["cloud_group", { version: 0, block: GROUP }]]),
      overlays: new Map([["cloud_group", { id: "groups/{name}" }]]),
      dataOverlays: new Map(),
      parents: [],
      protections: [],
      given,
    },
  });
  return worldWithGiven(context, NOTHING)
    .list("example/cloud", "cloud_group")
    .map(({ value }) => value);
};

test("what is given to one environment exists for its stacks alone", () => {
  const given = [groupOf("all", "a"), groupOf("own", "b", "prod")];
  const [all, own] = [
    { name: "all", place: "a", id: "groups/all" },
    { name: "own", place: "b", id: "groups/own" },
  ];
  expect(listed("dev", given)).toEqual([all]);
  expect(listed("prod", given)).toEqual([all, own]);
});

test("under one id the environment's own counts, wherever it stands", () => {
  const given = [groupOf("x", "its own", "prod"), groupOf("x", "of all")];
  expect(listed("prod", given)).toEqual([{ name: "x", place: "its own", id: "groups/x" }]);
  expect(listed("dev", given)).toEqual([{ name: "x", place: "of all", id: "groups/x" }]);
});
