import type { SpecNode } from "../spec/node.ts";

/** What one layer says at some place of a stack's definition. */
export interface Saying {
  /** The layer, for people: `environment 'prod'`. */
  readonly origin: string;
  readonly node: SpecNode;
}

/** A value at the end of a path, and every layer that has a word on it, lowest first. */
export interface LayeredValue {
  readonly path: readonly string[];
  /** What counts; an `unset` node where a layer removes the value. */
  readonly winner: Saying;
  /** What the winner beat, lowest first. */
  readonly beaten: readonly Saying[];
}

/**
 * Lays what layers say over each other as `mergeMaps` does, but remembers who said what: one entry for each value that
 * is no map, and for each empty map.
 */
export function layerValues(
  path: readonly string[],
  sayings: readonly Saying[],
  beaten: readonly Saying[] = [],
): readonly LayeredValue[] {
  const winner = sayings.at(-1);
  if (!winner) return [];
  if (winner.node.kind !== "map") return [{ path, winner, beaten: [...beaten, ...sayings.slice(0, -1)] }];
  const start = startOfMap(sayings);
  const below = [...beaten, ...sayings.slice(0, start)];
  const joined = sayings.slice(start);
  const keys = new Set(joined.flatMap(({ node }) => (node.kind === "map" ? [...node.entries.keys()] : [])));
  if (keys.size === 0) return [{ path, winner, beaten: [...below, ...joined.slice(0, -1)] }];
  return [...keys].flatMap((key) => {
    const above = below.filter(({ node }) => node.kind !== "map");
    return layerValues([...path, key], at(joined, key), [...above, ...at(below, key)]);
  });
}

/** From which layer on maps are joined: above the last value that is no map, and from the last `!replace` on. */
function startOfMap(sayings: readonly Saying[]): number {
  for (let index = sayings.length - 1; index >= 0; index--) {
    const node = sayings[index]?.node;
    if (node?.kind !== "map") return index + 1;
    if (node.replaces) return index;
  }
  return 0;
}

function at(sayings: readonly Saying[], key: string): readonly Saying[] {
  return sayings.flatMap(({ origin, node }) => {
    const entry = node.kind === "map" ? node.entries.get(key) : undefined;
    return entry ? [{ origin, node: entry.value }] : [];
  });
}
