import type { Json } from "./json.ts";
import type { PartialValue } from "./value.ts";

/** The plain data of a value, without marks; undefined where part of it waits for apply. */
export function partialToJson(value: PartialValue): Json | undefined {
  switch (value.kind) {
    case "scalar":
      return value.value;
    case "number":
      return { digits: value.digits };
    case "unknown":
      return undefined;
    case "list": {
      const items = value.items.map(partialToJson);
      return items.includes(undefined) ? undefined : (items as Json[]);
    }
    case "map": {
      const entries = [...value.entries].map(([key, item]) => [key, partialToJson(item)] as const);
      return entries.some(([, item]) => item === undefined)
        ? undefined
        : new Map(entries as [string, Json][]);
    }
  }
}
