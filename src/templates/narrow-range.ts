import type { Range } from "../source/source.ts";

/** A template's text and the range of the node that holds it, quotes and all. */
export interface TemplatePlace {
  readonly text: string;
  readonly range: Range;
}

/** A piece of a template: its own text, and where that begins in the template. */
interface Piece {
  readonly source: string | undefined;
  readonly offset: number;
}

const narrowedByRange = new WeakMap<Range, Map<Piece, Range>>();

/**
 * Where a piece of a template stands in the file; the whole node where YAML spells the text in another way. Looked
 * for once: a node is evaluated for every place that its stack is in.
 */
export function narrowRange(place: TemplatePlace, piece: Piece): Range {
  let narrowed = narrowedByRange.get(place.range);
  if (!narrowed) narrowedByRange.set(place.range, (narrowed = new Map<Piece, Range>()));
  const known = narrowed.get(piece);
  if (known) return known;
  const found = findPiece(place, piece);
  narrowed.set(piece, found);
  return found;
}

function findPiece({ text, range }: TemplatePlace, piece: Piece): Range {
  if (piece.source === undefined) return range;
  const written = range.file.text.slice(range.start, range.end);
  const whole = written.indexOf(text);
  const at = whole < 0 ? written.indexOf(piece.source) : whole + piece.offset;
  if (at < 0) return range;
  return { file: range.file, start: range.start + at, end: range.start + at + piece.source.length };
}
