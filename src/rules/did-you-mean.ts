import { suggest } from "../diagnostics/suggest.ts";

/** A hint for a name that does not exist: the nearest one, else all there are, else what to do where there are none. */
export function didYouMean(name: string, known: readonly string[], are: string, otherwise: string): string {
  const near = suggest(name, known);
  if (near !== undefined) return `did you mean '${near}'?`;
  return known.length > 0 ? `${are} ${quoted(known)}` : otherwise;
}

/** Names in quotes, one after the other. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `'${name}'`).join(", ");
}
