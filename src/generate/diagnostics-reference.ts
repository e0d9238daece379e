import { byCodePoint } from "../text/compare.ts";

/** One code: what it says, and what platc tells about an example, where there is one. */
export interface CodeExample {
  readonly code: string;
  readonly meaning: string;
  readonly told: string | undefined;
}

/** The reference of diagnostic codes in Markdown, by code, each with what platc prints about an example. */
export function diagnosticsReference(examples: readonly CodeExample[]): string {
  return [...examples]
    .sort((left, right) => byCodePoint(left.code, right.code))
    .map(({ code, meaning, told }) => {
      const example = told === undefined ? "" : `\n\n\`\`\`text\n${firstDiagnostic(told)}\n\`\`\``;
      return `### ${code}\n\n${meaning}${example}`;
    })
    .join("\n\n");
}

/** A golden may tell several; one is enough to know the code again. */
function firstDiagnostic(told: string): string {
  return (told.split(/\n\n(?=(?:error|warning)\[)/)[0] ?? told).trimEnd();
}
