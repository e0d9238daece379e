/** The parts of a sentence of our own, in which commands stand between backticks: words and commands, each in its markup. */
export function withCode<Part>(
  sentence: string,
  asText: (text: string) => Part,
  asCode: (text: string) => Part,
): readonly Part[] {
  return sentence.split("`").map((part, at) => (at % 2 === 1 ? asCode(part) : asText(part)));
}
