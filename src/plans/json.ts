import { isLosslessNumber, parse } from "lossless-json";

/** A number as it was written: 0.1 stays 0.1 and 12345678901234567890 keeps its last digit. */
export interface JsonNumber {
  readonly digits: string;
}

/** A parsed JSON text: objects are maps, so that no key (`__proto__`) is special. */
export type Json = null | boolean | string | JsonNumber | readonly Json[] | ReadonlyMap<string, Json>;

const PROTO = '"__proto__"';
const GUARDED_PROTO = "__proto__\u0000";

/** Parses a JSON text without losing a digit of its numbers. Throws a SyntaxError where it is none. */
export function parseJson(text: string): Json {
  const guarded = text.includes(PROTO) ? text.replaceAll(PROTO, '"__proto__\\u0000"') : text;
  return treeOf(parse(guarded));
}

function treeOf(parsed: unknown): Json {
  if (parsed === null || typeof parsed === "boolean") return parsed;
  if (typeof parsed === "string") return unguarded(parsed);
  if (isLosslessNumber(parsed)) return { digits: parsed.value };
  if (Array.isArray(parsed)) return parsed.map(treeOf);
  return new Map(Object.entries(parsed as object).map(([key, value]) => [unguarded(key), treeOf(value)]));
}

function unguarded(text: string): string {
  return text.endsWith(GUARDED_PROTO) ? text.slice(0, -1) : text;
}

export function isJsonNumber(json: Json | undefined): json is JsonNumber {
  return typeof json === "object" && json !== null && "digits" in json;
}

export function isJsonMap(json: Json | undefined): json is ReadonlyMap<string, Json> {
  return json instanceof Map;
}

export function isJsonList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json);
}
