/** The lines of a file that is being written, without one whose end is not there yet. */
export function wholeLines(text: string): readonly string[] {
  return text.split("\n").slice(0, -1);
}
