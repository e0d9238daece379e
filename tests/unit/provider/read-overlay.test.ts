import { expect, test } from "vitest";
import { readOverlay } from "../../../src/provider/read-overlay.ts";

const PATH = "schema/providers/acme/shop.overlay.yaml";
const read = (text: string) => readOverlay(text, PATH, "acme/shop");

test("an overlay is read in the engine's words", () => {
  const { overlay, problems } = read(`
source: acme/shop
holds_for: ">= 4.40, < 6.0"
settings: { ACCOUNT: "0012" }
resources:
  shop_order:
    id: "{ACCOUNT}/{name}"
    unique: [name]
    force_new: [name, address.street]
    force_new_if: { tier: [{ from: [old], to: [new, null] }], size: [{ to: less }] }
    defaults: { priority: 3 }
    values: { arn: "arn:{id}" }
    exactly_one_of: [[a, b]]
    at_least_one_of: [[c, d]]
    conflicts: [[e, f]]
    required_with: { g: [h] }
    sensitive: [secret]
    computed_blocks: [receipt]
    max_items: { rule: 5 }
    schema_version: 2
  shop_customer: {}
data:
  shop_order: { match: [name], sensitive: [secret] }
  shop_region: { finds: null }
`);
  expect(problems).toEqual([]);
  expect(overlay).toEqual({
    source: "acme/shop",
    holdsFor: ">= 4.40, < 6.0",
    settings: { ACCOUNT: "0012" },
    resources: new Map<string, object>([
      [
        "shop_order",
        {
          id: "{ACCOUNT}/{name}",
          unique: ["name"],
          forceNew: ["name", "address.street"],
          forceNewIf: { tier: [{ from: ["old"], to: ["new", null] }], size: [{ to: "less" }] },
          defaults: { priority: 3 },
          values: { arn: "arn:{id}" },
          exactlyOneOf: [["a", "b"]],
          atLeastOneOf: [["c", "d"]],
          conflicts: [["e", "f"]],
          requiredWith: { g: ["h"] },
          sensitive: ["secret"],
          computedBlocks: ["receipt"],
        },
      ],
      ["shop_customer", {}],
    ]),
    dataSources: new Map<string, object>([
      ["shop_order", { match: ["name"], sensitive: ["secret"] }],
      ["shop_region", { finds: null }],
    ]),
  });
});

test("every mistake is told by its line, and the rest counts", () => {
  const { overlay, problems } = read(`source: acme/shops
setting: {}
settings:
  account: x
  LIMIT: 12
resources:
  shop_order:
    forcenew: [name]
    force_new: name
    force_new_if: { size: [{ to: more }] }
    match: [name]
    id: "{name}"
  shop_customer: [name]
data:
  shop_order:
    unique: [name]
    exactly_one_of: [a]
    finds: 3
    match: []
`);
  expect(overlay.resources).toEqual(new Map([["shop_order", { id: "{name}" }]]));
  expect(overlay.dataSources).toEqual(new Map([["shop_order", {}]]));
  expect(overlay.settings).toEqual({});
  expect(problems.map(({ path, line, message }) => [path, line, message])).toEqual([
    [
      PATH,
      2,
      "unknown key 'setting': an overlay has 'source', 'holds_for', 'settings', 'parts', 'parents', 'protections', 'resources', 'data', 'ephemeral' and 'versions'",
    ],
    [PATH, 1, "'source' must say 'acme/shop'"],
    [PATH, 4, "setting 'account' must be in capitals"],
    [PATH, 5, "setting 'LIMIT' must be a text in quotes"],
    [
      PATH,
      8,
      "unknown key 'forcenew' in 'resources.shop_order': there is id, unique, force_new, force_new_if, defaults, values, planned, exactly_one_of, at_least_one_of, conflicts, required_with, sensitive, computed_blocks, makes, takes, overwrites, match, lists, needs_one, filters, finds, parts, max_items, schema_version",
    ],
    [PATH, 9, "'resources.shop_order.force_new' must be a list of names"],
    [
      PATH,
      10,
      "'resources.shop_order.force_new_if' must be a map by path of lists of rules, each with 'from', 'to' or both",
    ],
    [PATH, 11, "'match' has no meaning in 'resources' ('resources.shop_order')"],
    [PATH, 13, "'resources.shop_customer' must be a map"],
    [PATH, 16, "'unique' has no meaning in 'data' ('data.shop_order')"],
    [PATH, 17, "'exactly_one_of' has no meaning in 'data' ('data.shop_order')"],
    [PATH, 18, "'data.shop_order.finds' must be a resource type, a list of them, or null"],
    [PATH, 19, "'data.shop_order.match' must be a list of names"],
  ]);
});

test("what is no YAML, or no map, is one mistake", () => {
  expect(read("resources: [").problems).toMatchObject([{ path: PATH, line: 1 }]);
  expect(read("- a").problems).toEqual([
    {
      path: PATH,
      line: 1,
      message: "an overlay is a map with 'source', 'settings', 'parents', 'resources' and 'data'",
    },
  ]);
});

test("what types have in common stands in parts; what a type says itself comes before", () => {
  const { overlay, problems } = read(`
source: acme/shop
parts:
  place: { force_new: [street], defaults: { country: nowhere } }
  person:
    values: { number: "1" }
    computed_blocks: [history]
    parts: { home: place }
resources:
  shop_order:
    force_new: [name]
    defaults: { buyer.home.country: here }
    parts: { buyer: person, seller: [person, place] }
`);
  expect(problems).toEqual([]);
  expect(overlay.resources.get("shop_order")).toEqual({
    forceNew: ["name", "buyer.home.street", "seller.home.street", "seller.street"],
    computedBlocks: ["buyer.history", "seller.history"],
    defaults: {
      "buyer.home.country": "here",
      "seller.country": "nowhere",
      "seller.home.country": "nowhere",
    },
    values: { "buyer.number": "1", "seller.number": "1" },
  });
});

test("a part that is not there, or holds itself, is told with who takes it", () => {
  const { problems } = read(`source: acme/shop
parts:
  place: { parts: { inner: room } }
  room: { parts: { inner: place } }
  person: { id: "{name}" }
resources:
  shop_order: { parts: { buyer: persons } }
data:
  shop_order: { parts: { buyer: person } }
`);
  expect(problems.map(({ line, message }) => [line, message])).toEqual([
    [5, "'id' has no meaning in 'parts' ('parts.person')"],
    [3, "'place' takes a part 'place', which holds itself"],
    [4, "'room' takes a part 'room', which holds itself"],
    [7, "'shop_order' takes a part 'persons', which is none of place, room, person"],
    [9, "'parts' has no meaning in 'data' ('data.shop_order')"],
  ]);
});

test("what differs from a version on is laid over the rest", () => {
  const text = `source: acme/shop
resources:
  shop_order:
    force_new: [name]
    conflicts: [[name, tier]]
    defaults: { priority: 3, tier: free, note: none }
versions:
  ">= 5.0":
    resources:
      shop_order:
        force_new: [name, tier]
        conflicts: null
        defaults: { priority: 5, tier: null, size: 1 }
      shop_basket: { unique: [name] }
    data:
      shop_order: { finds: null }
  ">= 6.0": { resources: { shop_order: { defaults: { priority: 6 } } } }
`;
  const of = (version?: string) => readOverlay(text, PATH, "acme/shop", version);
  const earlier = {
    forceNew: ["name"],
    conflicts: [["name", "tier"]],
    defaults: { priority: 3, tier: "free", note: "none" },
  };
  expect(of().overlay.resources).toEqual(new Map([["shop_order", earlier]]));
  expect(of("4.99.0")).toEqual(of());
  const later = {
    takenBack: ["conflicts"],
    forceNew: ["name", "tier"],
    defaults: { priority: 5, note: "none", size: 1 },
  };
  expect(of("5.2.0")).toMatchObject({ problems: [] });
  expect(of("5.2.0").overlay.resources).toEqual(
    new Map<string, object>([
      ["shop_order", later],
      ["shop_basket", { unique: ["name"] }],
    ]),
  );
  expect(of("5.2.0").overlay.dataSources).toEqual(new Map([["shop_order", { finds: null }]]));
  expect(of("6.0.1").overlay.resources.get("shop_order")?.defaults).toMatchObject({ priority: 6, size: 1 });
});

test("a mistake in what differs is told by its line", () => {
  const problemsOf = (text: string, version?: string) =>
    readOverlay(`source: acme/shop\n${text}`, PATH, "acme/shop", version).problems.map(
      ({ line, message }) => [line, message],
    );
  expect(problemsOf("holds_for: newest")).toEqual([
    [2, "'holds_for' must be a constraint of versions, such as '>= 4.40, < 6.0'"],
  ]);
  expect(problemsOf("versions: [a]")).toEqual([
    [2, "'versions' must be a map by constraint, such as '>= 5.0'"],
  ]);
  expect(problemsOf('versions:\n  newest: {}\n  ">= 5.0": 1')).toEqual([
    [3, "'newest' is no constraint of versions, such as '>= 5.0'"],
    [4, "'versions' of '>= 5.0' must be a map of 'resources' and 'data'"],
  ]);
  const wrong = 'versions:\n  ">= 5.0":\n    resources:\n      shop_order: { forcenew: [a] }';
  expect(problemsOf(wrong)).toEqual([]);
  expect(problemsOf(wrong, "5.0.0")).toMatchObject([
    [5, expect.stringContaining("unknown key 'forcenew'") as string],
  ]);
});
