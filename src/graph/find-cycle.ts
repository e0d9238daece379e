import { downstreamOf, type Graph } from "./graph.ts";

/**
 * One cycle as its nodes, each coming after the next and the last after the first; undefined where there is none.
 * It begins with the node on a cycle that stands first in `nodes`, and is the shortest one through that node.
 */
export function findCycle<Node extends string>(graph: Graph<Node>): readonly Node[] | undefined {
  const start = firstOnCycle(graph);
  return start === undefined ? undefined : shortestCycle(graph, start);
}

/** Breadth first along the upstreams from a node back to itself. */
function shortestCycle<Node extends string>(graph: Graph<Node>, start: Node): readonly Node[] {
  const reachedFrom = new Map<Node, Node>();
  const queue: Node[] = [start];
  for (let at = 0; at < queue.length; at++) {
    const node = queue[at]!;
    for (const upstream of graph.upstreamOf.get(node) ?? []) {
      if (upstream === start) return pathTo(reachedFrom, start, node);
      if (reachedFrom.has(upstream)) continue;
      reachedFrom.set(upstream, node);
      queue.push(upstream);
    }
  }
  return [start];
}

function pathTo<Node extends string>(
  reachedFrom: ReadonlyMap<Node, Node>,
  start: Node,
  last: Node,
): readonly Node[] {
  const path: Node[] = [];
  for (let node = last; node !== start; node = reachedFrom.get(node)!) path.push(node);
  return [start, ...path.reverse()];
}

/** Kosaraju's strongly connected components, without recursion; the first node in one with a cycle. */
function firstOnCycle<Node extends string>(graph: Graph<Node>): Node | undefined {
  const isNode = new Set(graph.nodes);
  const component = new Map<Node, number>();
  const size: number[] = [];
  const downstreams = downstreamOf(graph);
  for (const root of finishOrder(graph).reverse()) {
    if (component.has(root)) continue;
    const stack = [root];
    component.set(root, size.length);
    let members = 0;
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      members++;
      for (const next of downstreams.get(node)!) {
        if (component.has(next)) continue;
        component.set(next, size.length);
        stack.push(next);
      }
    }
    size.push(members);
  }
  return graph.nodes.find(
    (node) =>
      size[component.get(node)!]! > 1 ||
      (graph.upstreamOf.get(node) ?? []).some((upstream) => upstream === node && isNode.has(upstream)),
  );
}

/** The nodes in the order in which a depth-first walk along the upstreams leaves them. */
function finishOrder<Node extends string>(graph: Graph<Node>): Node[] {
  const seen = new Set<Node>();
  const isNode = new Set(graph.nodes);
  const finished: Node[] = [];
  for (const root of graph.nodes) {
    if (seen.has(root)) continue;
    seen.add(root);
    const stack = [{ node: root, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1)!;
      const upstream = graph.upstreamOf.get(top.node)?.[top.next++];
      if (upstream === undefined) {
        finished.push(top.node);
        stack.pop();
      } else if (isNode.has(upstream) && !seen.has(upstream)) {
        seen.add(upstream);
        stack.push({ node: upstream, next: 0 });
      }
    }
  }
  return finished;
}
