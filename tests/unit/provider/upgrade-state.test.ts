import { expect, test } from "vitest";
import { providerEngine } from "../../../src/provider/engine.ts";
import { DynamicRecord, type Value } from "../../../src/provider/value.ts";
import { attribute, block, blocks, contextOf, ID, NAME, nestedAttribute } from "./provider-parts.ts";

const upgrade = (schema: ReturnType<typeof block>, state: unknown): Value =>
  providerEngine.upgrade(contextOf(schema), state);

test("what the schema does not know is dropped, what is missing is null, and blocks are empty by their mode", () => {
  const inner = block({ name: NAME, arn: ID });
  const schema = block(
    { id: ID, config: nestedAttribute("list", { name: NAME, arn: ID }, "optional"), gone: ID },
    {
      list: blocks("list", inner),
      set: blocks("set", inner),
      map: blocks("map", inner),
      single: blocks("single", inner),
      group: blocks("group", inner),
    },
  );
  const empty = { gone: null, set: [], map: {}, single: null, group: { name: null, arn: null } };
  expect(
    upgrade(schema, { id: "x", old: 1, config: [{ name: "a", old: 1 }], list: [{ name: "b" }] }),
  ).toEqual({
    ...empty,
    id: "x",
    config: [{ name: "a", arn: null }],
    list: [{ name: "b", arn: null }],
  });
  expect(upgrade(schema, { list: { name: "one" } })).toEqual({
    ...empty,
    id: null,
    config: null,
    list: [{ name: "one", arn: null }],
  });
  expect(upgrade(schema, { config: [null] })).toMatchObject({ config: [null] });
  expect(upgrade(schema, null)).toBe(null);
});

test("numbers stay exact", () => {
  const number = attribute("number", "optional");
  const schema = block({
    small: number,
    big: number,
    fraction: number,
    text: number,
    wrong: number,
    name: NAME,
  });
  const state = {
    small: 5n,
    big: 12345678901234567890n,
    fraction: "0.1000000000000000000001",
    text: "7",
    wrong: "seven",
    name: 12,
  };
  expect(upgrade(schema, state)).toEqual({
    small: 5,
    big: 12345678901234567890n,
    fraction: "0.1000000000000000000001",
    text: 7,
    wrong: null,
    name: "12",
  });
});

test("a value of any type carries its type in a state", () => {
  const schema = block({
    manifest: attribute("dynamic", "required"),
    list: attribute(["list", "dynamic"], "optional"),
  });
  const typed = { type: ["object", { replicas: "number" }], value: { replicas: 2 } };
  expect(upgrade(schema, { manifest: typed, list: null })).toEqual({
    manifest: new DynamicRecord(["object", { replicas: "number" }], { replicas: 2 }),
    list: null,
  });
  expect(upgrade(schema, { manifest: ["a", 1], list: [] })).toMatchObject({
    manifest: new DynamicRecord(["tuple", ["string", "number"]], ["a", 1]),
  });
});
