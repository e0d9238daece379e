import type { SourceFile } from "../source/source.ts";
import type { MapEntry, Scalar, SpecNode } from "./node.ts";
import type { JsonNode } from "./node-to-json.ts";

/** The tree that `nodeToJson` wrote, standing in a file of the same text. */
export function nodeFromJson(json: JsonNode, file: SourceFile): SpecNode {
  const [kind, start, end] = json;
  const range = { file, start, end };
  switch (kind) {
    case "scalar":
    case "raw":
      return { kind: "scalar", value: scalarOf(json[3]), isRaw: kind === "raw", range };
    case "list":
      return { kind, items: json[3].map((item) => nodeFromJson(item, file)), range };
    case "unset":
      return { kind, range };
    case "map":
    case "replace": {
      const entries = new Map<string, MapEntry>();
      for (const [key, keyStart, keyEnd, value] of json[3])
        entries.set(key, {
          keyRange: { file, start: keyStart, end: keyEnd },
          value: nodeFromJson(value, file),
        });
      return { kind: "map", entries, replaces: kind === "replace", range };
    }
  }
}

function scalarOf(value: Exclude<Scalar, bigint> | readonly [string]): Scalar {
  return typeof value === "object" && value !== null ? BigInt(value[0]) : value;
}
