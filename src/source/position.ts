import type { Position, SourceFile } from "./source.ts";

const lineStartsByFile = new WeakMap<SourceFile, readonly number[]>();

/** Offsets at which the lines of a file begin; the first is 0. CRLF counts as one line end. */
export function lineStarts(file: SourceFile): readonly number[] {
  const known = lineStartsByFile.get(file);
  if (known) return known;
  const starts = [0];
  for (let at = file.text.indexOf("\n"); at >= 0; at = file.text.indexOf("\n", at + 1)) starts.push(at + 1);
  lineStartsByFile.set(file, starts);
  return starts;
}

/** Where an offset lies; offsets outside the text are moved to its nearest end. */
export function position(file: SourceFile, offset: number): Position {
  const at = Math.max(0, Math.min(offset, file.text.length));
  const starts = lineStarts(file);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= at) low = middle;
    else high = middle - 1;
  }
  const column = [...file.text.slice(starts[low], at)].length + 1;
  return { line: low + 1, column };
}

/** The text of a line (counted from 1) without its line end. */
export function lineText(file: SourceFile, line: number): string {
  const starts = lineStarts(file);
  const start = starts[line - 1];
  if (start === undefined) return "";
  const next = starts[line];
  return file.text.slice(start, next === undefined ? file.text.length : next - 1).replace(/\r$/, "");
}
