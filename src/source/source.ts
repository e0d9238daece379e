/** One text file as it was read, by a path relative to the project root, with `/` on every machine. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** A stretch of a source file: offsets in UTF-16 code units, `end` exclusive. */
export interface Range {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** A place for people: line and column count from 1, the column in code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
}
