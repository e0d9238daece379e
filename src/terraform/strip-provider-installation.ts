export interface StrippedConfig {
  readonly text: string;
  readonly hadProviderInstallation: boolean;
}

/** Takes the `provider_installation` blocks out of a CLI configuration in HCL; every other byte stays. */
export function stripProviderInstallation(text: string): StrippedConfig {
  let kept = "";
  let depth = 0;
  let blockStart = -1;
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const skipped = matchLength(OPAQUE, text, at);
    if (skipped > 0) {
      at += skipped;
      continue;
    }
    if (depth === 0 && matchLength(HEADER, text, at) > 0) blockStart = at;
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0 && blockStart >= 0) {
      kept += text.slice(from, blockStart);
      from = at + 1;
      blockStart = -1;
    }
    at++;
  }
  return { text: kept + text.slice(from), hadProviderInstallation: from > 0 };
}

const HEADER = /(?<!\w)provider_installation\s*=?\s*\{/y;

/** What may hold braces that close nothing: strings, comments, heredocs. */
const OPAQUE =
  /"(?:\\.|[^"\\])*"|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|<<-?(\w+)\r?\n(?:[\s\S]*?\n)??[ \t]*\1(?=\r?\n|$)/y;

function matchLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
