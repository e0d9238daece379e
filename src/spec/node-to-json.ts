import type { Scalar, SpecNode } from "./node.ts";

/** A tree of a spec as JSON can hold it: kind, start, end and content; a bigint is its digits in a list. */
export type JsonNode =
  | readonly ["scalar" | "raw", number, number, Exclude<Scalar, bigint> | readonly [string]]
  | readonly ["list", number, number, readonly JsonNode[]]
  | readonly ["unset", number, number]
  | readonly [
      "map" | "replace",
      number,
      number,
      readonly (readonly [key: string, start: number, end: number, value: JsonNode])[],
    ];

/** A tree of one file for keeping; `nodeFromJson` reads it. */
export function nodeToJson(node: SpecNode): JsonNode {
  const { start, end } = node.range;
  switch (node.kind) {
    case "scalar": {
      const value = typeof node.value === "bigint" ? ([node.value.toString()] as const) : node.value;
      return [node.isRaw ? "raw" : "scalar", start, end, value];
    }
    case "list":
      return ["list", start, end, node.items.map(nodeToJson)];
    case "unset":
      return ["unset", start, end];
    case "map": {
      const entries = [...node.entries].map(
        ([key, { keyRange, value }]) => [key, keyRange.start, keyRange.end, nodeToJson(value)] as const,
      );
      return [node.replaces ? "replace" : "map", start, end, entries];
    }
  }
}
