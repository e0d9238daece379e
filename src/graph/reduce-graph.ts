import { downstreamOf, type Graph } from "./graph.ts";

/**
 * The graph of some nodes with their order kept through those left out: from A→B→C without B it keeps A→C. Through
 * nodes left out only the nearest kept ones become edges, so that a long chain stays a chain; upstreams stand in the order of
 * `nodes`. The graph must have no cycle. Where many come after a node that comes after many, keep that node: without it
 * every pair becomes an edge.
 */
export function reduceGraph<Node extends string>(
  graph: Graph<Node>,
  isKept: (node: Node) => boolean,
): Graph<Node> {
  const kept = new Set(graph.nodes.filter(isKept));
  const nearest = nearestKept(graph, kept);
  const index = new Map(graph.nodes.map((node, at) => [node, at]));
  const upstreamOf = new Map<Node, readonly Node[]>();
  for (const node of graph.nodes) {
    if (!kept.has(node)) continue;
    const upstreams = new Set<Node>();
    for (const upstream of graph.upstreamOf.get(node) ?? []) {
      if (kept.has(upstream)) upstreams.add(upstream);
      else for (const far of nearest.get(upstream) ?? []) upstreams.add(far);
    }
    upstreams.delete(node);
    upstreamOf.set(
      node,
      [...upstreams].sort((left, right) => index.get(left)! - index.get(right)!),
    );
  }
  return { nodes: graph.nodes.filter((node) => kept.has(node)), upstreamOf };
}

/**
 * For each node left out, the kept nodes that come before it with none kept between. Nodes with the same answer share
 * one set, so that a star of removed nodes costs its edges and no more.
 */
function nearestKept<Node extends string>(
  graph: Graph<Node>,
  kept: ReadonlySet<Node>,
): ReadonlyMap<Node, ReadonlySet<Node>> {
  const nearest = new Map<Node, ReadonlySet<Node>>();
  for (const node of leftOutInOrder(graph, kept)) {
    const parts: ReadonlySet<Node>[] = [];
    const direct = new Set<Node>();
    for (const upstream of graph.upstreamOf.get(node) ?? []) {
      if (kept.has(upstream)) direct.add(upstream);
      else if (nearest.get(upstream)?.size) parts.push(nearest.get(upstream)!);
    }
    nearest.set(node, union(direct, parts));
  }
  return nearest;
}

function union<Node>(direct: Set<Node>, parts: readonly ReadonlySet<Node>[]): ReadonlySet<Node> {
  const distinct = [...new Set(parts)].sort((left, right) => right.size - left.size);
  const [largest, ...others] = distinct;
  if (!largest) return direct;
  const holdsAll = [direct, ...others].every((part) => [...part].every((node) => largest.has(node)));
  if (holdsAll) return largest;
  for (const part of distinct) for (const node of part) direct.add(node);
  return direct;
}

/** The nodes left out, each after those left out that it comes after. */
function leftOutInOrder<Node extends string>(graph: Graph<Node>, kept: ReadonlySet<Node>): readonly Node[] {
  const leftOut = graph.nodes.filter((node) => !kept.has(node));
  const isLeftOut = new Set(leftOut);
  const downstreams = downstreamOf(graph);
  const waiting = new Map<Node, number>();
  for (const node of leftOut) {
    waiting.set(
      node,
      (graph.upstreamOf.get(node) ?? []).filter((upstream) => isLeftOut.has(upstream)).length,
    );
  }
  const order = leftOut.filter((node) => waiting.get(node) === 0);
  for (let at = 0; at < order.length; at++) {
    for (const downstream of downstreams.get(order[at]!)!) {
      if (!isLeftOut.has(downstream)) continue;
      const left = waiting.get(downstream)! - 1;
      waiting.set(downstream, left);
      if (left === 0) order.push(downstream);
    }
  }
  return order;
}
