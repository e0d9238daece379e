import { position } from "../source/position.ts";
import type { Range } from "../source/source.ts";
import { plainPaint, type Paint, type Style } from "../text/paint.ts";
import { harmless } from "../text/terminal-text.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { excerpt } from "./excerpt.ts";

const COLOURS: Readonly<Record<Diagnostic["severity"], Style>> = { error: "red", warning: "yellow" };

/** Diagnostics for people, in the order given, with a blank line between them and a newline at the end. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], paint: Paint = plainPaint): string {
  return diagnostics.map((diagnostic) => `${renderDiagnostic(diagnostic, paint)}\n`).join("\n");
}

function renderDiagnostic(diagnostic: Diagnostic, paint: Paint): string {
  const { code, severity, message, hint, range, related = [] } = diagnostic;
  const colour = COLOURS[severity];
  const lines = [
    `${paint(`${severity}[${code}]`, "bold", colour)}${paint(`: ${indented(message)}`, "bold")}`,
  ];
  if (range && diagnostic.conceals) lines.push(placeLine(range, paint));
  else if (range) lines.push(...renderPlace({ range, mark: "^", colour, paint }));
  for (const place of related) {
    lines.push(`${paint("note", "bold", "blue")}: ${indented(place.message)}`);
    lines.push(...renderPlace({ range: place.range, mark: "-", colour: "blue", paint }));
  }
  if (hint !== undefined) lines.push(`${paint("hint", "bold", "cyan")}: ${indented(hint)}`);
  return lines.join("\n");
}

function indented(text: string): string {
  return harmless(text).replace(/\n/g, "\n  ");
}

interface Place {
  readonly range: Range;
  readonly mark: string;
  readonly colour: Style;
  readonly paint: Paint;
}

function renderPlace({ range, mark, colour, paint }: Place): readonly string[] {
  const lines = excerpt(range);
  const gutter = Math.max(...lines.map((one) => (one ? String(one.number).length : 0)));
  const beside = (number: string, text: string): string =>
    `${paint(`${number.padStart(gutter)} |`, "blue")}${text === "" ? "" : ` ${text}`}`;
  return [
    placeLine(range, paint),
    beside("", ""),
    ...lines.flatMap((one) =>
      one
        ? [
            beside(String(one.number), one.text.trimEnd()),
            beside("", " ".repeat(one.markAt) + paint(mark.repeat(one.markWidth), "bold", colour)),
          ]
        : [paint("...", "blue")],
    ),
  ];
}

function placeLine(range: Range, paint: Paint): string {
  const { line, column } = position(range.file, range.start);
  return `  ${paint("-->", "blue")} ${harmless(range.file.path)}:${line}:${column}`;
}
