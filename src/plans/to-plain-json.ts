import { isJsonList, isJsonMap, isJsonNumber, type Json } from "./json.ts";

/** Lossless JSON as plain JavaScript data, for printing. Numbers that JavaScript cannot hold become text. */
export function toPlainJson(json: Json): unknown {
  if (isJsonNumber(json))
    return Number.isSafeInteger(Number(json.digits)) || json.digits.includes(".")
      ? Number(json.digits)
      : json.digits;
  if (isJsonMap(json)) return Object.fromEntries([...json].map(([key, value]) => [key, toPlainJson(value)]));
  return isJsonList(json) ? json.map(toPlainJson) : json;
}
