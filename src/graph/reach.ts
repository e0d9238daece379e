import { downstreamOf, type Graph } from "./graph.ts";

/** All nodes that the given ones come after, near or far; the given ones only where another of them needs them. */
export function upstreamsOf<Node extends string>(
  graph: Graph<Node>,
  from: Iterable<Node>,
): ReadonlySet<Node> {
  return reach(graph, from, graph.upstreamOf);
}

/** All nodes that come after the given ones, near or far; the given ones only where they come after another of them. */
export function downstreamsOf<Node extends string>(
  graph: Graph<Node>,
  from: Iterable<Node>,
): ReadonlySet<Node> {
  return reach(graph, from, downstreamOf(graph));
}

function reach<Node extends string>(
  { nodes }: Graph<Node>,
  from: Iterable<Node>,
  edges: ReadonlyMap<Node, readonly Node[]>,
): ReadonlySet<Node> {
  const reached = new Set<Node>();
  const stack: Node[] = [...from];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    for (const next of edges.get(node) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      stack.push(next);
    }
  }
  return new Set(nodes.filter((node) => reached.has(node)));
}
