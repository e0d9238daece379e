import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

/** A line for each change, written before the change is told to anybody. */
export interface JournalFile<T> {
  readonly append: (entry: T) => void;
  /** Replaces all lines, or, when the process ends meanwhile, none. */
  readonly rewrite: (entries: Iterable<T>) => void;
  readonly close: () => void;
}

/** The entries of a journal; a last line without its end was being written when its process was killed. */
export function readJournalFile(path: string): readonly unknown[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.slice(0, -1).map((line, at) => parseLine(line, `${path}, line ${at + 1}`));
}

/** Opens a journal that begins with these entries. */
export function openJournalFile<T>(path: string, entries: Iterable<T>): JournalFile<T> {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  replaceFile(path, entries);
  let file = openSync(path, "a", 0o600);
  return {
    append: (entry) => void writeSync(file, lineOf(entry)),
    rewrite(anew) {
      closeSync(file);
      replaceFile(path, anew);
      file = openSync(path, "a", 0o600);
    },
    close: () => closeSync(file),
  };
}

function replaceFile(path: string, entries: Iterable<unknown>): void {
  const draft = `${path}.new`;
  writeFileSync(draft, Array.from(entries, lineOf).join(""), { mode: 0o600 });
  renameSync(draft, path);
}

function parseLine(line: string, place: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`);
  }
}

function lineOf(entry: unknown): string {
  return `${JSON.stringify(entry)}\n`;
}
