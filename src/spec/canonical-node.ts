import { byCodePoint } from "../text/compare.ts";
import type { SpecNode } from "./node.ts";

/** A node as text that does not depend on the order or the places of keys. */
export function canonicalNode(node: SpecNode): string {
  if (node.kind === "scalar")
    return `${typeof node.value === "bigint" ? node.value.toString() : JSON.stringify(node.value)}${node.isRaw ? "!raw" : ""}`;
  if (node.kind === "unset") return "!unset";
  if (node.kind === "list") return `[${node.items.map(canonicalNode).join(",")}]`;
  const entries = [...node.entries].sort(([left], [right]) => byCodePoint(left, right));
  return `${node.replaces ? "!replace" : ""}{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalNode(entry.value)}`).join(",")}}`;
}
