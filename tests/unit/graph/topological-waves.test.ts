import fc from "fast-check";
import { expect, test } from "vitest";
import { topologicalWaves } from "../../../src/graph/topological-waves.ts";
import { anyAcyclicGraph, anyGraph, chain, comesAfter, graphOf, layers } from "./graphs.ts";

test("a node is one wave after its latest upstream, in the order of the nodes within a wave", () => {
  const graph = graphOf({ d: ["b", "c"], z: [], c: ["b"], b: ["a"], y: ["z"], a: [] });
  expect([...topologicalWaves(graph)]).toEqual([
    ["z", 0],
    ["a", 0],
    ["b", 1],
    ["y", 1],
    ["c", 2],
    ["d", 3],
  ]);
});

test("nodes on a cycle and after it have no wave", () => {
  const graph = graphOf({ a: [], b: ["a", "c"], c: ["b"], d: ["c"] });
  expect([...topologicalWaves(graph)]).toEqual([["a", 0]]);
});

test("an upstream that is no node does not count", () => {
  expect([...topologicalWaves(graphOf({ a: ["elsewhere"] }))]).toEqual([["a", 0]]);
});

test("100,000 nodes in a chain and a wide diamond take linear time", () => {
  expect(topologicalWaves(chain(100_000)).get("n99999")).toBe(99_999);
  expect(topologicalWaves(layers(60, 20)).get("l59n0")).toBe(59);
});

test("every node without a cycle before it has a wave, one above that of its latest upstream", () => {
  fc.assert(
    fc.property(fc.oneof(anyGraph, anyAcyclicGraph), (graph) => {
      const waves = topologicalWaves(graph);
      for (const node of graph.nodes) {
        const isOnOrAfterCycle = graph.nodes.some(
          (other) => comesAfter(graph, other, other) && (other === node || comesAfter(graph, node, other)),
        );
        expect(waves.has(node)).toBe(!isOnOrAfterCycle);
        if (isOnOrAfterCycle) continue;
        const upstreams = graph.upstreamOf.get(node)!.map((upstream) => waves.get(upstream)!);
        expect(waves.get(node)).toBe(Math.max(-1, ...upstreams) + 1);
      }
    }),
  );
});
