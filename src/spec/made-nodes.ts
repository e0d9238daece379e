import type { Range } from "../source/source.ts";
import { emptyMap, type MapNode, type SpecNode } from "./node.ts";

/** A map that nobody wrote, standing where what it comes from stands. */
export function mapNode(entries: readonly (readonly [string, SpecNode])[], range: Range): MapNode {
  return {
    ...emptyMap(range),
    entries: new Map(entries.map(([key, value]) => [key, { keyRange: value.range, value }])),
  };
}

/** A text that nobody wrote. */
export function literal(value: string, range: Range): SpecNode {
  return { kind: "scalar", value, isRaw: false, range };
}
