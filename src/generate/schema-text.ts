import type { JsonObject } from "../text/json.ts";
import { wideJson } from "../text/wide-json.ts";

/** A schema as it stands in a file. */
export function schemaText(schema: JsonObject): string {
  return `${wideJson(schema)}\n`;
}
