export type Style = "bold" | "dim" | "red" | "green" | "yellow" | "blue" | "magenta" | "cyan";

/** Gives text a style, or leaves it as it is; whoever owns the stream decides which (NO_COLOR, a pipe). */
export type Paint = (text: string, ...styles: readonly Style[]) => string;

const CODES: Readonly<Record<Style, readonly [on: number, off: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  magenta: [35, 39],
  cyan: [36, 39],
};

export const plainPaint: Paint = (text) => text;

export const ansiPaint: Paint = (text, ...styles) =>
  text === ""
    ? text
    : styles.reduceRight(
        (painted, style) => `\u001b[${CODES[style][0]}m${painted}\u001b[${CODES[style][1]}m`,
        text,
      );
