import fc from "fast-check";
import { expect, test } from "vitest";
import { reduceGraph } from "../../../src/graph/reduce-graph.ts";
import { anyAcyclicGraph, chain, comesAfter, graphOf, layers } from "./graphs.ts";

test("from A→B→C without B it keeps A→C", () => {
  const reduced = reduceGraph(graphOf({ a: [], b: ["a"], c: ["b"] }), (node) => node !== "b");
  expect(reduced).toEqual(graphOf({ a: [], c: ["a"] }));
});

test("through nodes left out only the nearest kept ones become edges", () => {
  const graph = graphOf({ a: [], b: ["a"], x: ["b"], y: ["x", "a"], c: ["y"] });
  expect(reduceGraph(graph, (node) => node.length === 1 && !"xy".includes(node))).toEqual(
    graphOf({ a: [], b: ["a"], c: ["a", "b"] }),
  );
});

test("a long chain and a wide diamond of nodes left out are reduced", () => {
  const long = reduceGraph(chain(100_000), (node) => node === "n0" || node === "n99999");
  expect(long).toEqual(graphOf({ n0: [], n99999: ["n0"] }));
  const diamond = layers(60, 30);
  const ends = reduceGraph(diamond, (node) => node.startsWith("l0n") || node.startsWith("l59n"));
  expect(ends.upstreamOf.get("l59n29")).toHaveLength(30);
  const thinned = reduceGraph(chain(100_000), (node) => Number(node.slice(1)) % 2 === 0);
  expect(thinned.upstreamOf.get("n99998")).toEqual(["n99996"]);
});

test("kept nodes come after each other exactly as before", () => {
  fc.assert(
    fc.property(anyAcyclicGraph, fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }), (graph, flags) => {
      const reduced = reduceGraph(graph, (node) => flags[Number(node.slice(1))]!);
      expect(reduced.nodes).toEqual(graph.nodes.filter((node) => flags[Number(node.slice(1))]));
      for (const node of reduced.nodes) {
        for (const other of reduced.nodes) {
          expect(comesAfter(reduced, node, other)).toBe(comesAfter(graph, node, other));
        }
      }
    }),
  );
});
