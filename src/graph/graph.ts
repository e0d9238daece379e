/** A directed graph: for each node the nodes that it comes after. It knows no platform words. */
export interface Graph<Node extends string = string> {
  readonly nodes: readonly Node[];
  readonly upstreamOf: ReadonlyMap<Node, readonly Node[]>;
}

/** The same edges the other way round: for each node the nodes that come after it, in the order of `nodes`. */
export function downstreamOf<Node extends string>(graph: Graph<Node>): ReadonlyMap<Node, readonly Node[]> {
  const result = new Map<Node, Node[]>(graph.nodes.map((node) => [node, []]));
  for (const node of graph.nodes) {
    for (const upstream of graph.upstreamOf.get(node) ?? []) result.get(upstream)?.push(node);
  }
  return result;
}
