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
  const lines: string[] = [];
  if (Array.isArray(value)) {
    for (const item of value as readonly TerraformJson[]) lines.push(inner + render(item, inner));
    return lines.length === 0 ? "[]" : `[\n${lines.join(",\n")}\n${indent}]`;
  }
  const entries = value as Readonly<Record<string, TerraformJson>>;
  for (const key of Object.keys(entries).sort(byCodePoint))
    lines.push(`${inner}${JSON.stringify(key)}: ${render(entries[key] ?? null, inner)}`);
  return lines.length === 0 ? "{}" : `{\n${lines.join(",\n")}\n${indent}}`;
}
