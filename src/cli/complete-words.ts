import type { Command } from "commander";
import { completedValue, type TypedAmid } from "./completed-value.ts";
import { type Candidate, expectedWord } from "./expected-word.ts";

/** Bits by which the scripts of the shells are told what to do; cobra's. */
const DIRECTIVES = { noSpace: 2, noFiles: 4, foldersOnly: 16, keepOrder: 32 } as const;

/**
 * What the last of the words may become, for the scripts of the shells: a line for each word, with its description
 * after a tab, and a line with directives.
 */
export async function completeWords(
  program: Command,
  words: readonly string[],
  amid: TypedAmid,
): Promise<string> {
  const expected = expectedWord(program, words);
  const value = await completedValue(expected, amid);
  const candidates = [...expected.candidates, ...value.candidates].filter(({ word }) =>
    word.startsWith(expected.typed),
  );
  const directive =
    (value.goesOn === true ? DIRECTIVES.noSpace : 0) +
    (value.files === "all" ? 0 : value.files === "folders" ? DIRECTIVES.foldersOnly : DIRECTIVES.noFiles) +
    DIRECTIVES.keepOrder;
  return [...candidates.map(lineOf), `:${directive}`, ""].join("\n");
}

const LONGEST_DESCRIPTION = 72;

function lineOf({ word, description = "" }: Candidate): string {
  const line = description.replace(/\s+/g, " ");
  const short =
    line.length > LONGEST_DESCRIPTION ? `${line.slice(0, LONGEST_DESCRIPTION - 3).trimEnd()}...` : line;
  return short === "" ? word : `${word}\t${short}`;
}
