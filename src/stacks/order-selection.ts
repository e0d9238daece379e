import type { Graph } from "../graph/graph.ts";
import { reduceGraph } from "../graph/reduce-graph.ts";
import { topologicalWaves } from "../graph/topological-waves.ts";
import { isGate } from "./order-stacks.ts";
import type { Platform } from "./platform-model.ts";

/** Selected stacks in the order of a run. */
export interface OrderedSelection {
  /** Addresses with no order among those of one wave; each wave after the one before. */
  readonly waves: readonly (readonly string[])[];
  /** For each selected stack the selected ones that come right before it; order through stages and stacks left out is kept. */
  readonly upstreamOf: ReadonlyMap<string, readonly string[]>;
}

/** Puts selected stacks in order: of A, then B, then C without B, A still comes before C. */
export function orderSelection(platform: Platform, addresses: ReadonlySet<string>): OrderedSelection {
  const graph = reduceGraph(withoutEarlierStages(platform.order, addresses), (node) => addresses.has(node));
  const waves: string[][] = [];
  for (const [address, wave] of topologicalWaves(graph)) (waves[wave] ??= []).push(address);
  return { waves, upstreamOf: graph.upstreamOf };
}

/** A stage with a selected stack needs no edge to the stage before: its stacks have it. Else edges to all earlier stages remain. */
function withoutEarlierStages(order: Graph, addresses: ReadonlySet<string>): Graph {
  const upstreamOf = new Map(order.upstreamOf);
  for (const node of order.nodes.filter(isGate)) {
    const stacks = upstreamOf.get(node)?.filter((upstream) => !isGate(upstream)) ?? [];
    if (stacks.some((stack) => addresses.has(stack))) upstreamOf.set(node, stacks);
  }
  return { nodes: order.nodes, upstreamOf };
}
