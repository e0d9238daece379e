import { displayWidth } from "../text/terminal-text.ts";
import { fitText } from "./fit-text.ts";

/** Text on lines of at most so many cells, broken between words; a word that is longer is cut. It must hold no styles. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ").filter((one) => one !== "")) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && displayWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(fitText(word, width));
  }
  return lines;
}
