import { hclString } from "./hcl-string.ts";
import type { ListValue, MapValue, PartialValue } from "./value.ts";

/** Unknown in validate and plan, of any type, without a resource; an apply of it fails. */
export const UNKNOWN_EXPRESSION = "jsondecode(timestamp())";

/**
 * An HCL expression that builds the value, to stand inside `${...}` of Terraform JSON. What is unknown stays
 * unknown, what is sensitive stays sensitive, and sets and maps are themselves where the plan told their type.
 */
export function overlayExpression(value: PartialValue): string {
  const expression = plainExpression(value);
  return value.sensitive ? `sensitive(${expression})` : expression;
}

function plainExpression(value: PartialValue): string {
  switch (value.kind) {
    case "scalar":
      return typeof value.value === "string" ? hclString(value.value) : String(value.value);
    case "number":
      return value.digits;
    case "unknown":
      return UNKNOWN_EXPRESSION;
    case "list":
      return listExpression(value);
    case "map":
      return mapExpression(value);
  }
}

function listExpression(list: ListValue): string {
  const tuple = `[${list.items.map(overlayExpression).join(", ")}]`;
  return list.collection ? `to${list.collection}(${tuple})` : tuple;
}

function mapExpression(map: MapValue): string {
  const entries = [...map.entries].map(([key, value]) => `${hclString(key)} = ${overlayExpression(value)}`);
  const object = `{${entries.join(", ")}}`;
  return map.collection ? `tomap(${object})` : object;
}
