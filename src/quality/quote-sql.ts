import type { Scalar } from "../spec/node.ts";

/** Text that no database takes, such as one with a NUL. */
export class UnquotableError extends Error {
  override readonly name = "UnquotableError";
}

/** A name as SQL spells it: of any characters, upper and lower case kept. */
export function quoteName(name: string): string {
  if (name === "") throw new UnquotableError("a name must not be empty");
  return `"${storable(name).replaceAll('"', '""')}"`;
}

/** A value as SQL spells it; no part of it can become SQL. Backslashes are ordinary in standard strings. */
export function quoteValue(value: Exclude<Scalar, null>): string {
  if (typeof value === "string") return `'${storable(value).replaceAll("'", "''")}'`;
  if (typeof value === "number" && !Number.isFinite(value))
    throw new UnquotableError(`${value} is no number that SQL can spell`);
  return typeof value === "boolean" ? (value ? "TRUE" : "FALSE") : String(value);
}

/** Neither database stores a NUL, and half of a surrogate pair is no character. */
function storable(text: string): string {
  if (text.includes("\0"))
    throw new UnquotableError("a text with a NUL character cannot stand in a database");
  if (/\p{Surrogate}/u.test(text)) throw new UnquotableError("half of a surrogate pair is no character");
  return text;
}
