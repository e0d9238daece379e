import type { PlanLine } from "./plan-line.ts";

/**
 * A rendered plan without what nobody wrote and only an apply makes known: a remark says how many attributes of an
 * object, or how many outputs, that are.
 */
export function foldLater(lines: readonly PlanLine[]): readonly PlanLine[] {
  const folded: PlanLine[] = [];
  const open: Fold[] = [];
  const closeBelow = (indent: number): void => {
    while (open.length > 0 && open.at(-1)!.indent > indent) folded.push(...linesOf(open.pop()!));
  };
  let isOutput = false;
  for (const line of lines) {
    if (line.text === "Changes to outputs:") isOutput = true;
    const indent = indentOf(line.text);
    if (line.later === undefined) {
      closeBelow(indent);
      folded.push(line);
    } else {
      if (line.later > 0) closeBelow(indent);
      const fold = open.at(-1);
      if (fold && fold.indent <= indent && (line.later === 0 || fold.indent === indent))
        fold.lines.push(line);
      else open.push({ indent, lines: [line], isOutput });
    }
  }
  closeBelow(-1);
  return folded;
}

interface Fold {
  readonly indent: number;
  readonly isOutput: boolean;
  readonly lines: PlanLine[];
}

/** One line says no less than a remark on it. */
function linesOf({ indent, lines, isOutput }: Fold): readonly PlanLine[] {
  if (lines.length === 1) return lines;
  const count = lines.reduce((sum, { later = 0 }) => sum + later, 0);
  const what = `${isOutput ? "output" : "attribute"}${count === 1 ? "" : "s"}`;
  return [{ text: `${" ".repeat(indent + 2)}# (${count} ${what} known after apply)`, tone: "muted" }];
}

/** An empty line ends every object. */
function indentOf(text: string): number {
  return text === "" ? 0 : text.length - text.trimStart().length;
}
