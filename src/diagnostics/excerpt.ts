import { lineStarts, lineText, position } from "../source/position.ts";
import type { Range, SourceFile } from "../source/source.ts";
import { characters, displayWidth, harmless } from "../text/terminal-text.ts";

const TAB = "    ";
const WIDTH = 120;
const BEFORE_RANGE = 40;
const MOST_LINES = 4;

/** A line of source as a terminal shows it, with the cells that are to be marked under it. */
export interface ExcerptLine {
  readonly number: number;
  readonly text: string;
  readonly markAt: number;
  readonly markWidth: number;
}

/** The lines of a range, of a long one its first two and its last; `undefined` stands where lines are left out. */
export function excerpt(range: Range): readonly (ExcerptLine | undefined)[] {
  const { file, start } = range;
  const end = endOfText(range);
  const first = position(file, start).line;
  const last = position(file, end).line;
  const line = (number: number): ExcerptLine => excerptLine(file, number, start, end);
  if (last - first < MOST_LINES) return Array.from({ length: last - first + 1 }, (_, at) => line(first + at));
  return [line(first), line(first + 1), undefined, line(last)];
}

/** Where a range ends without the space and newlines that a block of YAML takes after it. */
function endOfText({ file, start, end }: Range): number {
  const trimmed = file.text.slice(start, end).trimEnd();
  return trimmed === "" ? start : start + trimmed.length;
}

function excerptLine(file: SourceFile, number: number, start: number, end: number): ExcerptLine {
  const text = lineText(file, number);
  const lineStart = lineStarts(file)[number - 1]!;
  const indent = text.length - text.trimStart().length;
  const from = Math.min(start >= lineStart ? start - lineStart : indent, text.length);
  const to = Math.max(from, Math.min(end - lineStart, text.trimEnd().length));
  const before = visible(text.slice(0, from));
  const marked = visible(text.slice(from, to));
  const after = visible(text.slice(to));
  return { number, ...cut(before, marked, after) };
}

function visible(text: string): string {
  return text.split("\t").map(harmless).join(TAB);
}

/** Cuts a long line to a window that begins a little before the marked part. */
function cut(before: string, marked: string, after: string): Omit<ExcerptLine, "number"> {
  if (displayWidth(before + marked + after) <= WIDTH) return markedLine(before, marked, after);
  const room = WIDTH - displayWidth(marked) - displayWidth(after);
  const shownBefore = cutStart(before, Math.max(BEFORE_RANGE, room));
  const shownMarked = cutEnd(marked, WIDTH - displayWidth(shownBefore));
  const shownAfter = cutEnd(after, WIDTH - displayWidth(shownBefore) - displayWidth(shownMarked));
  return markedLine(shownBefore, shownMarked, shownMarked === marked ? shownAfter : "");
}

function markedLine(before: string, marked: string, after: string): Omit<ExcerptLine, "number"> {
  return {
    text: before + marked + after,
    markAt: displayWidth(before),
    markWidth: Math.max(1, displayWidth(marked)),
  };
}

function cutStart(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `…${takeWhileFits([...characters(text)].reverse(), width - 1)
    .reverse()
    .join("")}`;
}

function cutEnd(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `${takeWhileFits(characters(text), width - 1).join("")}…`;
}

function takeWhileFits(parts: readonly string[], width: number): string[] {
  let used = 0;
  const end = parts.findIndex((part) => (used += displayWidth(part)) > width);
  return end < 0 ? [...parts] : parts.slice(0, end);
}
