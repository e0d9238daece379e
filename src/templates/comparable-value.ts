import { isComputed, isList, isMap, type Value } from "./value.ts";
import { byCodePoint } from "../text/compare.ts";

/** A value, computed parts included, as data that `JSON.stringify` spells the same for equal values. */
export function toComparable(value: Value): unknown {
  if (isComputed(value)) return { computed: value.parts.map((part) => JSON.stringify(part, spellMaps)) };
  if (isMap(value)) {
    return [...value]
      .sort(([left], [right]) => byCodePoint(left, right))
      .map(([key, item]) => [key, toComparable(item)]);
  }
  if (isList(value)) return { list: value.map(toComparable) };
  return typeof value === "bigint" ? `${value}n` : value;
}

/** Places in the spec are no part of what a value means. */
function spellMaps(key: string, value: unknown): unknown {
  if (key === "range") return undefined;
  if (value instanceof Map) return [...value];
  return typeof value === "bigint" ? `${value}n` : value;
}
