/** A text file with the lines that it lacks added at its end, below a comment; what it has stays. */
export function addLines(existing: string | undefined, comment: string, lines: readonly string[]): string {
  const known = new Set((existing ?? "").split(/\r?\n/).map((line) => line.trim()));
  const missing = lines.filter((line) => !known.has(line));
  if (missing.length === 0) return existing ?? "";
  const before = existing === undefined || existing === "" ? "" : `${existing.replace(/\n*$/, "")}\n\n`;
  return `${before}${[comment, ...missing].join("\n")}\n`;
}
