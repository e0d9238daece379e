import fc from "fast-check";
import type { Graph } from "../../../src/graph/graph.ts";

/** A graph from its edges: `{ c: ["a", "b"] }` says that c comes after a and b. */
export function graphOf(upstreams: Record<string, readonly string[]>): Graph {
  return { nodes: Object.keys(upstreams), upstreamOf: new Map(Object.entries(upstreams)) };
}

/** n0 ← n1 ← ... */
export function chain(length: number): Graph {
  const nodes = Array.from({ length }, (_, at) => `n${at}`);
  return { nodes, upstreamOf: new Map(nodes.map((node, at) => [node, at === 0 ? [] : [nodes[at - 1]!]])) };
}

/** Layers of which each node comes after every node of the layer before: paths grow as width ** layers. */
export function layers(count: number, width: number): Graph {
  const layer = (at: number): string[] => Array.from({ length: width }, (_, node) => `l${at}n${node}`);
  const all = Array.from({ length: count }, (_, at) => layer(at));
  const upstreamOf = new Map(
    all.flatMap((nodes, at) => nodes.map((node) => [node, at === 0 ? [] : all[at - 1]!] as const)),
  );
  return { nodes: all.flat(), upstreamOf };
}

/** Any graph of up to ten nodes, cycles and self-loops included. */
export const anyGraph: fc.Arbitrary<Graph> = fc
  .integer({ min: 1, max: 10 })
  .chain((size) =>
    fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: 4 }), { minLength: size, maxLength: size }),
  )
  .map((edges) =>
    graphOf(Object.fromEntries(edges.map((upstreams, at) => [`n${at}`, upstreams.map((up) => `n${up}`)]))),
  );

/** Any graph without a cycle, its nodes in an order that has nothing to do with its edges. */
export const anyAcyclicGraph: fc.Arbitrary<Graph> = anyGraph.chain(({ nodes, upstreamOf }) =>
  fc.shuffledSubarray([...nodes], { minLength: nodes.length, maxLength: nodes.length }).map((order) => ({
    nodes: order,
    upstreamOf: new Map(
      nodes.map((node, at) => [node, (upstreamOf.get(node) ?? []).filter((up) => nodes.indexOf(up) < at)]),
    ),
  })),
);

/** Whether one can walk from a node along its upstreams to another, over at least one edge. */
export function comesAfter(graph: Graph, node: string, target: string): boolean {
  const seen = new Set<string>();
  const visit = (at: string): boolean =>
    (graph.upstreamOf.get(at) ?? []).some((up) => {
      if (up === target) return true;
      if (seen.has(up)) return false;
      seen.add(up);
      return visit(up);
    });
  return visit(node);
}
