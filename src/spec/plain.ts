import type { SpecNode } from "./node.ts";

/** The plain JavaScript value of a node, for the schema validator; `!unset` keys are left out. */
export function plain(node: SpecNode): unknown {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "bigint" ? Number(node.value) : node.value;
    case "list":
      return node.items.map(plain);
    case "unset":
      return undefined;
    case "map": {
      const result: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
      for (const [key, entry] of node.entries)
        if (entry.value.kind !== "unset") result[key] = plain(entry.value);
      return result;
    }
  }
}
