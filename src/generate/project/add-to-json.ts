import { isJsonObject, type Json, type JsonObject } from "../../text/json.ts";

/**
 * A JSON file with what it lacks: maps merge, lists take what they do not hold, and every other value that is there
 * stays. Undefined where the file is no plain JSON object, as with comments.
 */
export function addToJson(existing: string | undefined, additions: JsonObject): string | undefined {
  if (existing === undefined || existing.trim() === "") return `${JSON.stringify(additions, null, 2)}\n`;
  const current = parsed(existing);
  if (!isJsonObject(current)) return undefined;
  const merged = add(current, additions);
  if (JSON.stringify(merged) === JSON.stringify(current)) return existing;
  const [, indent = "  "] = /^\{\r?\n([ \t]+)"/.exec(existing) ?? [];
  return `${JSON.stringify(merged, null, indent)}\n`;
}

/** The JSON of a text, undefined where it is none. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

function add(current: Json | undefined, addition: Json): Json {
  if (current === undefined) return addition;
  if (Array.isArray(current) && Array.isArray(addition))
    return [...current, ...addition.filter((item) => !current.includes(item))];
  if (!isJsonObject(current) || !isJsonObject(addition)) return current;
  const added = Object.entries(addition).map(([key, value]) => [key, add(current[key], value)] as const);
  return { ...current, ...Object.fromEntries(added) };
}
