import fc from "fast-check";
import { expect, test } from "vitest";
import { findCycle } from "../../../src/graph/find-cycle.ts";
import { anyAcyclicGraph, anyGraph, chain, comesAfter, graphOf, layers } from "./graphs.ts";

test("a cycle is given as its nodes, each after the next", () => {
  expect(findCycle(graphOf({ x: ["a"], a: ["b"], b: ["c"], c: ["a"] }))).toEqual(["a", "b", "c"]);
});

test("a node that comes after itself is a cycle", () => {
  expect(findCycle(graphOf({ a: [], b: ["a", "b"] }))).toEqual(["b"]);
});

test("of the cycles through a node it gives the shortest", () => {
  expect(findCycle(graphOf({ a: ["b", "d"], b: ["c"], c: ["a"], d: ["a"] }))).toEqual(["a", "d"]);
});

test("a wide diamond of 60 layers ends: its ways are not walked one by one", () => {
  const graph = layers(60, 10);
  expect(findCycle(graph)).toBeUndefined();
});

test("100,000 nodes in a chain do not overflow the stack", () => {
  const graph = chain(100_000);
  expect(findCycle(graph)).toBeUndefined();
  const closed = { ...graph, upstreamOf: new Map([...graph.upstreamOf, ["n0", ["n99999"]]]) };
  expect(findCycle(closed)).toHaveLength(100_000);
});

test("it finds a cycle exactly where there is one, and every step of it is an edge", () => {
  fc.assert(
    fc.property(fc.oneof(anyGraph, anyAcyclicGraph), (graph) => {
      const cycle = findCycle(graph);
      expect(cycle !== undefined).toBe(graph.nodes.some((node) => comesAfter(graph, node, node)));
      if (!cycle) return;
      expect(new Set(cycle).size).toBe(cycle.length);
      cycle.forEach((node, at) =>
        expect(graph.upstreamOf.get(node)).toContain(cycle[(at + 1) % cycle.length]),
      );
    }),
  );
});
