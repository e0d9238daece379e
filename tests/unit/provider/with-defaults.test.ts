import { expect, test } from "vitest";
import type { ProviderSchema } from "../../../src/provider/provider-schema.ts";
import type { TypeOverlay } from "../../../src/provider/type-overlay.ts";
import { UNKNOWN, type Value } from "../../../src/provider/value.ts";
import { withDefaults } from "../../../src/provider/with-defaults.ts";
import { planChange } from "../../../src/provider/plan-change.ts";
import { attribute, block, blocks, contextOf, NAME } from "./provider-parts.ts";

const flag = attribute("bool", "optional");
const inner = block({ name: NAME, days: attribute("number", "optional") });
const SCHEMA: ProviderSchema = {
  source: "acme/shop",
  version: "1.2.3",
  provider: block({}),
  resources: new Map([
    [
      "shop_order",
      {
        version: 0,
        block: block(
          { name: NAME, force: flag, size: attribute("number", "optional computed") },
          { rule: blocks("list", inner), note: blocks("set", inner) },
        ),
      },
    ],
    ["shop_customer", { version: 0, block: block({ force: flag }) }],
  ]),
  dataSources: new Map(),
  ephemerals: new Map(),
};
const overlay: TypeOverlay = { defaults: { force: false, size: 3, "rule.days": 30, "note.days": 7 } };
const served = withDefaults(SCHEMA, {
  source: "acme/shop",
  settings: {},
  resources: new Map([["shop_order", overlay]]),
  dataSources: new Map(),
});
const order = served.resources.get("shop_order")!;

function planned(prior: Value, config: object, proposed: object = config): Value {
  const all = { name: "x", force: null, size: null, rule: [], note: [], ...config };
  const context = contextOf(order.block, { typeName: "shop_order", overlay });
  return planChange(context, { prior, config: all, proposed: { ...all, ...proposed } }).planned;
}

test("what has a default may be decided by the provider, and nothing else changes", () => {
  const { attributes, blocks: nested } = order.block;
  expect(attributes.get("force")).toEqual({ ...flag, isComputed: true, isDefaulted: true });
  expect(attributes.get("size")).toEqual(attribute("number", "optional computed"));
  expect(attributes.get("name")).toBe(NAME);
  expect(nested.get("rule")!.block.attributes.get("days")?.isDefaulted).toBe(true);
  expect(served.resources.get("shop_customer")).toBe(SCHEMA.resources.get("shop_customer"));
  expect(withDefaults(SCHEMA, undefined)).toBe(SCHEMA);
});

test("what nobody writes is planned with its default, in blocks and sets as well", () => {
  expect(planned(null, { rule: [{ name: "a", days: null }], note: [{ name: "b", days: null }] })).toEqual({
    name: "x",
    force: false,
    size: 3,
    rule: [{ name: "a", days: 30 }],
    note: [{ name: "b", days: 7 }],
  });
  expect(planned(null, { force: true, rule: [{ name: "a", days: 1 }] })).toMatchObject({
    force: true,
    rule: [{ name: "a", days: 1 }],
  });
  expect(planned(null, { force: UNKNOWN })).toMatchObject({ force: UNKNOWN });
});

test("what is removed is the default again; what the provider computes stays as it was", () => {
  const before = { name: "x", force: true, size: 5, rule: [{ name: "a", days: 1 }], note: [] };
  const proposed = { force: true, size: 5, rule: [{ name: "a", days: 1 }] };
  expect(planned(before, { rule: [{ name: "a", days: null }] }, proposed)).toEqual({
    ...before,
    force: false,
    rule: [{ name: "a", days: 30 }],
  });
});

test("a state from before the default was known gets it", () => {
  const before = { name: "x", force: null, size: 3, rule: [], note: [] };
  expect(planned(before, {}, { size: 3 })).toEqual({ ...before, force: false });
});
