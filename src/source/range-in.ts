import type { Range, SourceFile } from "./source.ts";

/** The stretch of a file between two offsets; those past its end are moved to it. */
export function rangeIn(file: SourceFile, start: number, end: number): Range {
  const last = file.text.length;
  return { file, start: Math.min(start, last), end: Math.min(Math.max(start, end), last) };
}
