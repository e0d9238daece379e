import type { Document } from "yaml";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { rangeIn } from "../source/range-in.ts";
import type { SourceFile } from "../source/source.ts";

/** Lists and maps in each other: deeper than anyone writes, and far from where a recursive reader ends. */
export const MAX_DEPTH = 100;
export const TOO_DEEP = `lists and maps stand more than ${MAX_DEPTH} deep in each other`;

const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: "text that holds ': ' is written in quotes; a map begins on a line of its own",
  BLOCK_IN_FLOW: "a '{' or '[' before this is not closed",
  MULTILINE_IMPLICIT_KEY: "a '{' or '[' before this is not closed, or a ':' is missing after a key",
  MISSING_CHAR: "a quote, a comma, or the end of a list or map is missing",
  BAD_INDENT: "things of one list or map stand under each other, with the same space before them",
  TAB_AS_INDENT: "YAML is indented by spaces, never by tabs",
  UNEXPECTED_TOKEN: "text that begins with one of @ ` % & * ! | > { [ is written in quotes",
  BAD_SCALAR_START: "text that begins with one of @ ` % & * ! | > { [ is written in quotes",
  BAD_DQ_ESCAPE: "in double quotes '\\' begins an escape: write '\\\\', or use single quotes",
};

/** What the YAML library finds wrong; what follows from a first mistake in the syntax is left out: it cannot know better. */
export function syntaxProblems({ errors, warnings }: Document, file: SourceFile): readonly Diagnostic[] {
  const problems = [...errors, ...warnings].sort((left, right) => left.pos[0] - right.pos[0]);
  const first = problems.find((one) => one.code !== "TAG_RESOLVE_FAILED");
  return problems.flatMap((problem): Diagnostic[] => {
    const range = rangeIn(file, ...problem.pos);
    if (problem.code === "TAG_RESOLVE_FAILED") {
      const message = `the tag '${file.text.slice(range.start, range.end)}' means nothing in a spec`;
      const hint = "the tags of a spec are !raw, !replace and !unset";
      return [{ code: "unknown-tag", severity: "error", message, hint, range }];
    }
    if (problem !== first) return [];
    const hint = SYNTAX_HINTS[problem.code];
    const message = /call stack/.test(problem.message) ? TOO_DEEP : problem.message;
    return [{ code: "yaml-syntax", severity: "error", message, ...(hint !== undefined && { hint }), range }];
  });
}
