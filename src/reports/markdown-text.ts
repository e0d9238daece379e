import type { PlanLine, PlanTone } from "../plans/plan-line.ts";
import { harmless } from "../text/terminal-text.ts";

/** Text of others inside a line of Markdown: it shows as it is, on one line, and nothing in it is markup, HTML or a mention. */
export function markdownText(text: string): string {
  return entities(text).replace(/(?:@|&#35;)(?=[\p{L}\p{N}])/gu, "$&&#8203;");
}

/** The same as code, in which nothing is a mention or a link either. */
export function markdownCode(text: string): string {
  return `<code>${entities(text)}</code>`;
}

function entities(text: string): string {
  return harmless(text)
    .trim()
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>&|~#$]/g, (special) => `&#${special.charCodeAt(0)};`);
}

/** The fences around text that shows as it is: longer than any run of backticks in it, so that nothing gets out. */
export function fencesFor(
  lines: readonly string[],
  language = "",
): { readonly open: string; readonly close: string } {
  const longest = lines
    .flatMap((line) => line.match(/`+/g) ?? [])
    .reduce((most, run) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return { open: fence + language, close: fence };
}

const DIFF_PREFIX: Readonly<Record<PlanTone, "+" | "-" | "!" | " ">> = {
  add: "+",
  destroy: "-",
  change: "!",
  replace: "!",
  read: " ",
  move: " ",
  import: " ",
  forget: " ",
  muted: " ",
  plain: " ",
};

/** A line of a plan as a line of a diff: its sign moves to the first column, as the one that colours it there. */
export function diffLine({ text, tone }: PlanLine): string {
  const plain = harmless(text).replace(/\n/g, " ");
  const prefix = DIFF_PREFIX[tone];
  const [, indent = "", sign = ""] = /^( *)(-\/\+|\+\/-|\+|-|~)(?= |$)/.exec(plain) ?? [];
  const unsigned = indent + " ".repeat(sign.length) + plain.slice(indent.length + sign.length);
  if (prefix === " ") return (/^[A-Za-z ]/.test(plain) ? plain : ` ${plain}`).trimEnd();
  return prefix + (unsigned.startsWith(" ") ? unsigned.slice(1) : unsigned);
}
