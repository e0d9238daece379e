import { isJsonObject, type Json } from "../text/json.ts";

const IDENTIFIER = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

const ESCAPES_OF_JSON_ALONE: Readonly<Record<string, string>> = { "\\b": "\\u0008", "\\f": "\\u000c" };

/** A JSON value as an HCL expression on one line; what looks like a template in a string stays literal. */
export function renderLiteral(value: Json): string {
  if (typeof value === "string") return renderText(value);
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(
      ([key, entry]) => `${renderKey(key)} = ${renderLiteral(entry)}`,
    );
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(renderLiteral).join(", ")}]`;
  return String(value);
}

/** The key of an object: bare where HCL takes it so. */
export function renderKey(key: string): string {
  return IDENTIFIER.test(key) ? key : renderText(key);
}

function renderText(text: string): string {
  return JSON.stringify(text)
    .replace(/[$%]\{/g, (mark) => mark[0]! + mark)
    .replace(/\\./g, (escape) => ESCAPES_OF_JSON_ALONE[escape] ?? escape);
}
