import { type Json, isJsonMap } from "./json.ts";
import { elementsOf, memberOf } from "./read-json.ts";
import type { PartialValue } from "./value.ts";

/**
 * The value with its lists, sets and maps told apart by the type that Terraform prints beside an output
 * (`["set","string"]`). Parts that the type does not fit stay as they are.
 */
export function withCollections(value: PartialValue, type: Json | undefined): PartialValue {
  const [name, inner] = elementsOf(type);
  if (value.kind === "list") {
    if (name === "tuple") {
      const types = elementsOf(inner);
      return { ...value, items: value.items.map((item, at) => withCollections(item, types[at])) };
    }
    if (name !== "list" && name !== "set") return value;
    return { ...value, items: value.items.map((item) => withCollections(item, inner)), collection: name };
  }
  if (value.kind !== "map" || (name !== "map" && name !== "object")) return value;
  const entries = new Map<string, PartialValue>();
  for (const [key, entry] of value.entries) {
    entries.set(
      key,
      withCollections(entry, name === "object" && isJsonMap(inner) ? memberOf(inner, key) : inner),
    );
  }
  return name === "map" ? { ...value, entries, collection: "map" } : { ...value, entries };
}
