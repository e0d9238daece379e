import { downstreamOf, type Graph } from "../graph/graph.ts";
import { topologicalWaves } from "../graph/topological-waves.ts";

/** Where a node of a graph is drawn: its wave, and its place in it from the top. */
export interface LaidOutNode {
  readonly node: string;
  readonly wave: number;
  readonly place: number;
}

/** Waves as columns; within each, nodes stand near those that they are joined to, so that fewer edges cross. */
export function layOutGraph(graph: Graph): readonly LaidOutNode[] {
  let columns: readonly (readonly string[])[] = columnsOf(graph);
  const downstreams = downstreamOf(graph);
  for (let sweep = 0; sweep < 3; sweep++) {
    columns = sortColumns(columns, graph.upstreamOf);
    columns = sortColumns([...columns].reverse(), downstreams).toReversed();
  }
  return columns.flatMap((nodes, wave) => nodes.map((node, place) => ({ node, wave, place })));
}

function columnsOf(graph: Graph): readonly (readonly string[])[] {
  const columns: string[][] = [];
  for (const [node, wave] of topologicalWaves(graph)) (columns[wave] ??= []).push(node);
  return columns;
}

function sortColumns(
  columns: readonly (readonly string[])[],
  joined: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] {
  const heights = new Map<string, number>();
  return columns.map((column) => {
    const wanted = new Map(column.map((node, at) => [node, wantedHeight(node, at / column.length)]));
    const sorted = [...column].sort((left, right) => wanted.get(left)! - wanted.get(right)!);
    sorted.forEach((node, at) => heights.set(node, at / sorted.length));
    return sorted;
  });

  function wantedHeight(node: string, otherwise: number): number {
    const known = (joined.get(node) ?? []).flatMap((other) => heights.get(other) ?? []);
    return known.length === 0 ? otherwise : known.reduce((sum, height) => sum + height, 0) / known.length;
  }
}
