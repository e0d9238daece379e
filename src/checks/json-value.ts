import { type Json, isJsonList, isJsonMap, isJsonNumber } from "../plans/json.ts";
import { asText } from "../templates/functions.ts";
import { isComputed, isList, isMap, type Value } from "../templates/value.ts";
import { invariant } from "../diagnostics/invariant.ts";

/** JSON as a known value, for functions of templates. */
export function valueOfJson(json: Json): Value {
  if (isJsonNumber(json)) return numberOf(json.digits);
  if (isJsonList(json)) return json.map(valueOfJson);
  if (isJsonMap(json)) return new Map([...json].map(([key, item]) => [key, valueOfJson(item)]));
  return json;
}

/** A known value as JSON. */
export function jsonOfValue(value: Value): Json {
  invariant(!isComputed(value), "a computed value is no JSON");
  if (isMap(value)) return new Map([...value].map(([key, item]) => [key, jsonOfValue(item)]));
  if (isList(value)) return value.map(jsonOfValue);
  return typeof value === "number" || typeof value === "bigint" ? { digits: asText(value) } : value;
}

function numberOf(digits: string): number | bigint {
  const number = Number(digits);
  return Number.isSafeInteger(number) || !/^-?\d+$/.test(digits) ? number : BigInt(digits);
}
