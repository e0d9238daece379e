/** A command, and what is said beside it. */
export type ShellLine = readonly [command: string, comment?: string];

/** A fenced block of shell commands, with what is said beside them in one column. */
export function shell(...lines: readonly ShellLine[]): string {
  const explained = lines.filter(([, comment]) => comment !== undefined);
  const width = Math.max(0, ...explained.map(([command]) => command.length)) + 2;
  const written = lines.map(([command, comment]) =>
    comment === undefined ? command : `${command.padEnd(width)}# ${comment}`,
  );
  return `\`\`\`sh\n${written.join("\n")}\n\`\`\``;
}

/** A table; what a cell holds is text of a spec, whose bars would end it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replace(/\s+/g, " ")).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---|").join("")}`, ...rows.map(line)].join("\n");
}

/** Paragraphs with an empty line between them; those that are undefined are left out. */
export function paragraphs(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join("\n\n");
}

/** Names as code, one after the other. */
export function codes(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}
