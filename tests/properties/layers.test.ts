import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeMaps, mergeNodes } from "../../src/spec/merge-nodes.ts";
import type { MapNode, SpecNode } from "../../src/spec/node.ts";
import { parseYaml } from "../../src/spec/parse-yaml.ts";
import { stringify } from "yaml";

const range = { file: { path: "", text: "" }, start: 0, end: 0 };
const keys = fc.constantFrom("a", "b", "c");

const { node: nodes } = fc.letrec<{ node: SpecNode; map: MapNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<SpecNode["kind"]>("unset").map((): SpecNode => ({ kind: "unset", range })),
    fc
      .constantFrom(1, "x", null, true)
      .map((value): SpecNode => ({ kind: "scalar", value, isRaw: false, range })),
    fc
      .array(
        tie("node").filter((node) => node.kind !== "unset"),
        { maxLength: 2 },
      )
      .map((items): SpecNode => ({ kind: "list", items, range })),
    tie("map"),
  ),
  map: fc
    .tuple(fc.array(fc.tuple(keys, tie("node")), { maxLength: 3 }), fc.boolean())
    .map(([entries, replaces]): MapNode => ({
      kind: "map",
      replaces,
      range,
      entries: new Map(entries.map(([key, value]) => [key, { keyRange: range, value }])),
    })),
}));
const maps = nodes.filter((node): node is MapNode => node.kind === "map");
/** Without `!unset` and `!replace`: what can only add and change. */
const isPlain = (node: SpecNode): boolean => {
  if (node.kind === "unset") return false;
  if (node.kind === "list") return node.items.every(isPlain);
  return (
    node.kind !== "map" || (!node.replaces && [...node.entries.values()].every(({ value }) => isPlain(value)))
  );
};

/** A node as plain data; the order of keys does not count. */
function plain(node: SpecNode | undefined): unknown {
  if (!node || node.kind === "unset") return undefined;
  if (node.kind === "scalar") return node.value;
  if (node.kind === "list") return node.items.map(plain);
  return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plain(value)]));
}

test("several layers are the same as one after the other", () => {
  fc.assert(
    fc.property(maps, maps, maps, (one, two, three) => {
      expect(plain(mergeMaps(one, two, three))).toEqual(plain(mergeMaps(mergeMaps(one, two), three)));
    }),
  );
});

test("layers that only add and change may be merged in any grouping", () => {
  const plainMaps = maps.filter(isPlain);
  fc.assert(
    fc.property(plainMaps, plainMaps, plainMaps, (one, two, three) => {
      expect(plain(mergeMaps(one, mergeMaps(two, three)))).toEqual(
        plain(mergeMaps(mergeMaps(one, two), three)),
      );
    }),
  );
});

test("a layer twice is the layer once, and an empty one changes nothing", () => {
  fc.assert(
    fc.property(maps, maps, (one, two) => {
      const once = mergeMaps(one, two);
      expect(plain(mergeMaps(once, two))).toEqual(plain(once));
      expect(plain(mergeMaps(once, { kind: "map", entries: new Map(), replaces: false, range }))).toEqual(
        plain(once),
      );
    }),
  );
});

test("what comes out has no marks of layers left", () => {
  const isClean = (node: SpecNode): boolean => {
    if (node.kind === "unset") return false;
    return (
      node.kind !== "map" ||
      (!node.replaces && [...node.entries.values()].every(({ value }) => isClean(value)))
    );
  };
  fc.assert(
    fc.property(maps, maps, (one, two) => {
      expect(isClean(mergeMaps(one, two))).toBe(true);
    }),
  );
});

test("scalars and lists replace, and the text of YAML comes back", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 3 }), fc.jsonValue({ maxDepth: 2 }), (below, above) => {
      const parse = (value: unknown): SpecNode => parseYaml({ path: "", text: stringify(value) }).node;
      if (typeof above === "object" && above !== null && !Array.isArray(above)) return;
      expect(plain(mergeNodes(parse(below), parse(above)))).toEqual(plain(parse(above)));
    }),
  );
});
