import { expect, test } from "vitest";
import { layOutGraph } from "../../../src/reports/lay-out-graph.ts";

test("waves are columns, and edges that need not cross do not", () => {
  const graph = {
    nodes: ["a", "b", "c", "x", "y", "z"],
    upstreamOf: new Map([
      ["x", ["c"]],
      ["y", ["b"]],
      ["z", ["a", "x"]],
    ]),
  };
  const laidOut = layOutGraph(graph);
  expect(laidOut.map(({ node, wave }) => `${wave} ${node}`).sort()).toEqual([
    "0 a",
    "0 b",
    "0 c",
    "1 x",
    "1 y",
    "2 z",
  ]);
  const placeOf = (node: string): number => laidOut.find((one) => one.node === node)!.place;
  expect(Math.sign(placeOf("c") - placeOf("b"))).toBe(Math.sign(placeOf("x") - placeOf("y")));
});

test("a graph with nothing in it", () => {
  expect(layOutGraph({ nodes: [], upstreamOf: new Map() })).toEqual([]);
});
