import { harmless } from "../text/terminal-text.ts";

/** Text that is HTML already. Only `markup` and `verbatim` make it. */
export interface Markup {
  readonly html: string;
}

type Part = Markup | string | number | readonly Part[];

/**
 * HTML from a template: what is put in is escaped, unless it is HTML already; lists are joined. It is not named `html`
 * lest formatters change the whitespace in it.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return {
    html: strings.map((string, at) => string + (at < parts.length ? render(parts[at]!) : "")).join(""),
  };
}

/** Text of our own that stands in a page as it is: a style or a script. */
export function verbatim(text: string): Markup {
  return { html: text };
}

function render(part: Part): string {
  if (typeof part === "object") return isMarkup(part) ? part.html : part.map(render).join("");
  return harmless(String(part)).replace(/[&<>"']/g, (special) => `&#${special.charCodeAt(0)};`);
}

function isMarkup(part: Markup | readonly Part[]): part is Markup {
  return !Array.isArray(part);
}
