import { stripVTControlCharacters } from "node:util";

const LONGEST = 4000;

/** The beginning of a text for details. */
export function startOf(text: string): string {
  const plain = stripVTControlCharacters(text).trim();
  return plain.length <= LONGEST ? plain : `${plain.slice(0, LONGEST)}\n… (${plain.length} characters)`;
}

/** The end of a text for details, from the beginning of a line. */
export function endOf(text: string): string {
  const plain = stripVTControlCharacters(text).trim();
  if (plain.length <= LONGEST) return plain;
  const end = plain.slice(-LONGEST);
  return `…\n${end.slice(end.indexOf("\n") + 1)}`;
}
