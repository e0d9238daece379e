import { downstreamOf, type Graph } from "./graph.ts";

/**
 * The wave of each node: 0 where nothing comes before it, else one more than its latest upstream. The map is ordered
 * by wave, within one as in `nodes`. Nodes on a cycle or after one are left out. Upstreams outside `nodes` do not count.
 */
export function topologicalWaves<Node extends string>(graph: Graph<Node>): ReadonlyMap<Node, number> {
  const downstreams = downstreamOf(graph);
  const isNode = new Set(graph.nodes);
  const waiting = new Map<Node, number>();
  for (const node of graph.nodes) {
    waiting.set(node, (graph.upstreamOf.get(node) ?? []).filter((upstream) => isNode.has(upstream)).length);
  }
  const index = new Map(graph.nodes.map((node, at) => [node, at]));
  const waves = new Map<Node, number>();
  let ready = graph.nodes.filter((node) => waiting.get(node) === 0);
  for (let wave = 0; ready.length > 0; wave++) {
    const following: Node[] = [];
    for (const node of ready) {
      waves.set(node, wave);
      for (const downstream of downstreams.get(node)!) {
        const left = waiting.get(downstream)! - 1;
        waiting.set(downstream, left);
        if (left === 0) following.push(downstream);
      }
    }
    ready = following.sort((left, right) => index.get(left)! - index.get(right)!);
  }
  return waves;
}
