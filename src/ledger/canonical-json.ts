import { canonicalNumber } from "../plans/canonical-number.ts";
import { type Json, isJsonList, isJsonMap, isJsonNumber } from "../plans/json.ts";
import { byCodePoint } from "../text/compare.ts";

/** One text for each value: keys sorted, numbers in one spelling, strings normalised as Terraform does (NFC). */
export function canonicalJson(json: Json): string {
  if (json === null || typeof json === "boolean") return String(json);
  if (typeof json === "string") return quoted(json);
  if (isJsonNumber(json)) return canonicalNumber(json.digits);
  if (isJsonList(json)) return `[${json.map(canonicalJson).join(",")}]`;
  if (!isJsonMap(json)) return "null";
  const members = [...json].map(([key, value]) => [key.normalize("NFC"), value] as const);
  members.sort(([left], [right]) => byCodePoint(left, right));
  return `{${members.map(([key, value]) => `${quoted(key)}:${canonicalJson(value)}`).join(",")}}`;
}

function quoted(text: string): string {
  return JSON.stringify(text.normalize("NFC"));
}
