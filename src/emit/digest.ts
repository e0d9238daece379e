import { byCodePoint } from "../text/compare.ts";
import { digestOf } from "../text/digest.ts";

export { digestOf };

/** One digest of named parts, whatever their order. */
export function digestOfParts(parts: Readonly<Record<string, string>>): string {
  const lines = Object.entries(parts)
    .sort(([left], [right]) => byCodePoint(left, right))
    .map(([name, digest]) => `${name}\n${digest}`);
  return digestOf(lines.join("\n"));
}
