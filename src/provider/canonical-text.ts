import { byCodePoint } from "../text/compare.ts";
import { isRecord } from "./is-record.ts";
import { DynamicRecord, type Value } from "./value.ts";

/**
 * One text for what is known of a value, whatever the order of its names: what is null or unknown is left out.
 * Where lists are read as bags, the order of their items does not count either: Terraform orders sets anew.
 */
export function canonicalText(value: Value, lists: "in order" | "as bags" = "in order"): string {
  if (typeof value === "symbol" || value === null) return "";
  if (typeof value === "string") return JSON.stringify(value);
  if (value instanceof DynamicRecord) return canonicalText(value.value, lists);
  if (Array.isArray(value)) {
    const items = value.map((item: Value) => canonicalText(item, lists));
    return `[${(lists === "as bags" ? items.sort(byCodePoint) : items).join(",")}]`;
  }
  if (!isRecord(value)) return String(value);
  const entries = Object.keys(value)
    .sort(byCodePoint)
    .map((name) => [JSON.stringify(name), canonicalText(value[name]!, lists)] as const)
    .filter(([, text]) => text !== "");
  return `{${entries.map(([name, text]) => `${name}:${text}`).join(",")}}`;
}
