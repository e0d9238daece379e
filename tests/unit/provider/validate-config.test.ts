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
  NAME,
  nestedAttribute,
} from "./provider-parts.ts";

const { validate } = providerEngine;
const inner = block({ name: NAME, arn: ID, id: attribute("string", "optional computed") });

test("a computed attribute that is set is refused, wherever it stands", () => {
  const schema = block(
    {
      arn: ID,
      name: NAME,
      config: nestedAttribute("set", Object.fromEntries(inner.attributes), "optional"),
    },
    {
      list: blocks("list", inner),
      set: blocks("set", inner),
      map: blocks("map", inner),
      single: blocks("single", inner),
    },
  );
  const set = { name: "x", arn: "set", id: "fine" };
  const config: Config = {
    arn: UNKNOWN,
    name: "fine",
    config: [set],
    list: [{ name: "x", arn: null, id: null }, set],
    set: [set],
    map: { key: set },
    single: set,
  };
  const problems = validate(contextOf(schema), config);
  expect(problems.map(({ summary }) => summary)).toEqual(Array(6).fill("Value for unconfigurable attribute"));
  expect(problems.map(({ path }) => path)).toEqual([
    ["arn"],
    ["config", { element: set }, "arn"],
    ["list", 1, "arn"],
    ["set", { element: set }, "arn"],
    ["map", "key", "arn"],
    ["single", "arn"],
  ]);
});

test("blocks whose content is not known yet are left alone", () => {
  const schema = block({ name: NAME }, { list: blocks("list", inner), map: blocks("map", inner) });
  expect(validate(contextOf(schema), { name: UNKNOWN, list: UNKNOWN, map: { a: UNKNOWN } })).toEqual([]);
});

test("exactly one of several is set; what is unknown may be it", () => {
  const schema = block(
    { content: attribute("string", "optional"), path: attribute("string", "optional") },
    { source: blocks("list", inner) },
  );
  const context = contextOf(schema, { overlay: { exactlyOneOf: [["content", "path", "source"]] } });
  const detailsOf = (config: object) =>
    validate(context, { content: null, path: null, source: [], ...config }).map((problem) => problem.detail);
  expect(detailsOf({ content: "x" })).toEqual([]);
  expect(detailsOf({ source: [{ name: "x", arn: null, id: null }] })).toEqual([]);
  expect(detailsOf({ path: UNKNOWN })).toEqual([]);
  expect(detailsOf({ content: "x", path: UNKNOWN })).toEqual([]);
  expect(detailsOf({})).toEqual(['One of "content", "path", "source" must be set.']);
  expect(detailsOf({ content: "x", path: "y" })).toEqual([
    'Exactly one of "content", "path", "source" can be set, not "content" and "path". Remove all but one.',
  ]);
});

test("of some at least one or at most one is set, and some need others", () => {
  const rule = block({
    port: attribute("string", "optional"),
    ports: attribute(["list", "string"], "optional"),
  });
  const schema = block(
    {
      key: attribute("string", "optional"),
      secret: attribute("string", "optional"),
      secret_version: attribute("number", "optional"),
    },
    { rule: blocks("list", rule) },
  );
  const overlay = {
    atLeastOneOf: [["rule.port", "rule.ports"]],
    conflicts: [
      ["key", "secret"],
      ["rule.port", "rule.ports"],
    ],
    requiredWith: { secret: ["secret_version"] },
  };
  const context = contextOf(schema, { overlay });
  const detailsOf = (config: object) =>
    validate(context, { key: null, secret: null, secret_version: null, rule: [], ...config }).map(
      ({ detail, path }) => [detail, path],
    );
  expect(detailsOf({})).toEqual([]);
  expect(detailsOf({ secret: "x", secret_version: UNKNOWN, rule: [{ port: UNKNOWN, ports: null }] })).toEqual(
    [],
  );
  expect(detailsOf({ rule: [{ port: null, ports: [] }] })).toEqual([]);
  expect(detailsOf({ key: "k", secret: "x", rule: [{ port: null, ports: null }] })).toEqual([
    ['One of "rule.port", "rule.ports" must be set.', []],
    ['At most one of "key", "secret" can be set, not "key" and "secret". Remove all but one.', ["secret"]],
    ['With "secret", "secret_version" must be set as well.', ["secret"]],
  ]);
  expect(detailsOf({ rule: [{ port: "1", ports: ["2"] }] })).toEqual([
    [
      'At most one of "rule.port", "rule.ports" can be set, not "rule.port" and "rule.ports". Remove all but one.',
      ["rule"],
    ],
  ]);
});
