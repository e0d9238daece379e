import { type Json, isJsonList, isJsonMap, isJsonNumber } from "../plans/json.ts";

/** JSON on one line, numbers with every digit that they were written with. */
export function jsonText(json: Json): string {
  if (isJsonNumber(json)) return json.digits;
  if (isJsonList(json)) return `[${json.map(jsonText).join(",")}]`;
  if (!isJsonMap(json)) return JSON.stringify(json);
  return `{${[...json].map(([key, item]) => `${JSON.stringify(key)}:${jsonText(item)}`).join(",")}}`;
}
