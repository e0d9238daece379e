import type { Json } from "./json.ts";

const WIDTH = 120;

/** JSON for people and for git: what fits on a line stands on one, the rest has a line for each entry. Big numbers are rounded. */
export function wideJson(value: Json, indent = 0): string {
  const flat = JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? Number(one) : one));
  if (typeof value !== "object" || value === null || indent + flat.length <= WIDTH) return flat;
  const inner = " ".repeat(indent + 1);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const lines = Array.isArray(value)
    ? (value as readonly Json[]).map((item) => inner + wideJson(item, indent + 1))
    : Object.entries(value).map(
        ([key, item]) => `${inner}${JSON.stringify(key)}: ${wideJson(item, indent + 1)}`,
      );
  return `${open}\n${lines.join(",\n")}\n${" ".repeat(indent)}${close}`;
}
