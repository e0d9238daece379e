import fc from "fast-check";
import { expect, test } from "vitest";
import { downstreamsOf, upstreamsOf } from "../../../src/graph/reach.ts";
import { anyGraph, chain, comesAfter, graphOf } from "./graphs.ts";

const graph = graphOf({ d: ["b"], c: ["b"], b: ["a"], a: [], other: [] });

test("upstreams and downstreams, near and far, in the order of the nodes", () => {
  expect([...upstreamsOf(graph, ["d"])]).toEqual(["b", "a"]);
  expect([...downstreamsOf(graph, ["a"])]).toEqual(["d", "c", "b"]);
  expect([...upstreamsOf(graph, ["other"])]).toEqual([]);
});

test("a given node is there only where another given one needs it", () => {
  expect([...upstreamsOf(graph, ["c", "b"])]).toEqual(["b", "a"]);
});

test("a long chain does not overflow the stack", () => {
  expect(upstreamsOf(chain(100_000), ["n99999"]).size).toBe(99_999);
});

test("it is what one can walk to", () => {
  fc.assert(
    fc.property(anyGraph, fc.nat(9), (any, pick) => {
      const from = any.nodes[pick % any.nodes.length]!;
      expect([...upstreamsOf(any, [from])]).toEqual(any.nodes.filter((node) => comesAfter(any, from, node)));
      expect([...downstreamsOf(any, [from])]).toEqual(
        any.nodes.filter((node) => comesAfter(any, node, from)),
      );
    }),
  );
});
