import type { Range } from "../source/source.ts";

/** A template's text and the range of the node that holds it, quotes and all. */
export interface TemplatePlace {
  readonly text: string;
  readonly range: Range;
}

/** Where a piece of a template stands in the file; the whole node where YAML spells the text in another way. */
export function narrowRange(
  { text, range }: TemplatePlace,
  piece: { readonly source: string | undefined; readonly offset: number },
): Range {
  if (piece.source === undefined) return range;
  const written = range.file.text.slice(range.start, range.end);
  const whole = written.indexOf(text);
  const at = whole < 0 ? written.indexOf(piece.source) : whole + piece.offset;
  if (at < 0) return range;
  return { file: range.file, start: range.start + at, end: range.start + at + piece.source.length };
}
