import type { MapEntry, MapNode, SpecNode } from "./node.ts";

/** Lays one node over another: maps merge, lists and scalars replace, `!replace` replaces a map, `!unset` removes. */
export function mergeNodes(below: SpecNode | undefined, above: SpecNode): SpecNode | undefined {
  if (above.kind === "unset") return undefined;
  if (above.kind !== "map") return above;
  return below?.kind === "map" && !above.replaces ? mergeMaps(below, above) : withoutUnset(above);
}

/** Lays maps over each other, the last one on top; the range is that of the lowest. */
export function mergeMaps(below: MapNode, ...layers: readonly MapNode[]): MapNode {
  let result = withoutUnset(below);
  for (const layer of layers) {
    if (layer.replaces) {
      result = withoutUnset(layer);
      continue;
    }
    const entries = new Map<string, MapEntry>(result.entries);
    for (const [key, entry] of layer.entries) {
      const value = mergeNodes(entries.get(key)?.value, entry.value);
      if (value === undefined) entries.delete(key);
      else entries.set(key, { keyRange: entry.keyRange, value });
    }
    result = { ...result, entries };
  }
  return result;
}

const withoutUnsetByMap = new WeakMap<MapNode, MapNode>();

/** The same map for the same node: a stack's definition is laid under the layers of every place that it is in. */
function withoutUnset(map: MapNode): MapNode {
  const known = withoutUnsetByMap.get(map);
  if (known) return known;
  const entries = new Map<string, MapEntry>();
  for (const [key, entry] of map.entries) {
    const value = mergeNodes(undefined, entry.value);
    if (value !== undefined) entries.set(key, { keyRange: entry.keyRange, value });
  }
  const result: MapNode = { ...map, entries, replaces: false };
  withoutUnsetByMap.set(map, result);
  return result;
}
