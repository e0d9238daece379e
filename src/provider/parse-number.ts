import { isDecimal, parseExactNumber } from "./exact-number.ts";

/** A number of a value or of JSON, or one that is written as text, as values hold it; undefined where it is none. */
export function parseNumber(raw: unknown): number | bigint | string | undefined {
  if (typeof raw === "number") return raw;
  if (typeof raw === "bigint") return parseExactNumber(raw.toString());
  return typeof raw === "string" && isDecimal(raw) ? parseExactNumber(raw) : undefined;
}
