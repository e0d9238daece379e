import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeMaps } from "../../../src/spec/merge-nodes.ts";
import type { MapNode, SpecNode } from "../../../src/spec/node.ts";
import { layerValues } from "../../../src/stacks/layered-values.ts";

const range = { file: { path: "spec", text: "" }, start: 0, end: 0 };
const map = (entries: Readonly<Record<string, SpecNode>>, replaces = false): MapNode => ({
  kind: "map",
  entries: new Map(Object.entries(entries).map(([key, value]) => [key, { keyRange: range, value }])),
  replaces,
  range,
});
const text = (value: string): SpecNode => ({ kind: "scalar", value, isRaw: false, range });
const unset: SpecNode = { kind: "unset", range };

test("each value knows who says it and what it beat", () => {
  const layers = [
    { origin: "stack", node: map({ a: text("1"), b: map({ c: text("2") }), d: text("3") }) },
    { origin: "environment", node: map({ a: text("4"), b: map({ e: text("5") }) }) },
    { origin: "customer", node: map({ a: text("6"), d: unset }) },
  ];
  const told = layerValues([], layers).map(({ path, winner, beaten }) => [
    path.join("."),
    winner.origin,
    beaten.map((saying) => saying.origin),
  ]);
  expect(told).toEqual([
    ["a", "customer", ["stack", "environment"]],
    ["b.c", "stack", []],
    ["b.e", "environment", []],
    ["d", "customer", ["stack"]],
  ]);
});

test("a map marked !replace beats the whole map below", () => {
  const layers = [
    { origin: "stack", node: map({ b: map({ c: text("2"), d: text("3") }) }) },
    { origin: "environment", node: map({ b: map({ c: text("5") }, true) }) },
  ];
  expect(layerValues([], layers).map(({ path, beaten }) => [path.join("."), beaten.length])).toEqual([
    ["b.c", 1],
  ]);
});

const anyNode: fc.Arbitrary<SpecNode> = fc.letrec<{ node: SpecNode; map: MapNode }>((tie) => ({
  node: fc.oneof({ depthSize: "small" }, fc.constantFrom("x", "y").map(text), fc.constant(unset), tie("map")),
  map: fc
    .tuple(fc.dictionary(fc.constantFrom("a", "b", "c"), tie("node"), { maxKeys: 3 }), fc.boolean())
    .map(([entries, replaces]) => map(entries, replaces)),
})).node;
const anyMap = anyNode.filter((node): node is MapNode => node.kind === "map");

function leavesOf(node: SpecNode, path: readonly string[]): readonly (readonly [string, unknown])[] {
  if (node.kind === "scalar") return [[path.join("."), node.value]];
  if (node.kind !== "map") return [];
  return [...node.entries].flatMap(([key, entry]) => leavesOf(entry.value, [...path, key]));
}

test("what counts is what merging gives", () => {
  fc.assert(
    fc.property(fc.array(anyMap, { minLength: 1, maxLength: 4 }), (layers) => {
      const [lowest, ...higher] = layers as [MapNode, ...MapNode[]];
      const merged = leavesOf(mergeMaps(lowest, ...higher), []);
      const layered = layerValues(
        [],
        layers.map((node, at) => ({ origin: `${at}`, node })),
      );
      const counting = layered.flatMap(({ path, winner }) => leavesOf(winner.node, path));
      expect(new Map(counting)).toEqual(new Map(merged));
    }),
    { numRuns: 500 },
  );
});
