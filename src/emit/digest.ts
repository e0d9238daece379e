import { createHash } from "node:crypto";
import { byCodePoint } from "../text/compare.ts";

/** SHA-256 of text, in hex. */
export function digestOf(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}

/** One digest of named parts, whatever their order. */
export function digestOfParts(parts: Readonly<Record<string, string>>): string {
  const lines = Object.entries(parts)
    .sort(([left], [right]) => byCodePoint(left, right))
    .map(([name, digest]) => `${name}\n${digest}`);
  return digestOf(lines.join("\n"));
}
