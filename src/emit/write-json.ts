import { byCodePoint } from "../text/compare.ts";
import type { TerraformJson } from "./terraform-json.ts";

/** JSON text of a generated file: keys sorted by code point, two spaces, big numbers exact, a final newline. */
export function writeJson(value: TerraformJson): string {
  return `${render(value, "")}\n`;
}

function render(value: TerraformJson, indent: string): string {
  if (typeof value === "bigint") return value.toString();
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item: TerraformJson) => inner + render(item, inner)).join(",\n")}\n${indent}]`;
  }
  const entries = Object.entries(value as Record<string, TerraformJson>).sort(([left], [right]) =>
    byCodePoint(left, right),
  );
  if (entries.length === 0) return "{}";
  return `{\n${entries.map(([key, item]) => `${inner}${JSON.stringify(key)}: ${render(item, inner)}`).join(",\n")}\n${indent}}`;
}
