/** A token of a type constraint; `text` of a string is its value, unescaped. */
export interface TypeToken {
  readonly kind: "word" | "string" | "number" | "mark" | "newline" | "end";
  readonly text: string;
}

const SKIPPED = /[ \t\r]+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//y;
const WORD = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const QUOTED = /"(?:[^"\\\n]|\\.)*"/y;
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)\r?\n([\s\S]*?)^[ \t]*\2[ \t]*\r?$/muy;
const MARK = /[(){}[\],=:]/y;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))|\$\$\{|%%\{/g;
const ESCAPED: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** The tokens of a type constraint, comments dropped; undefined where HCL would not read it, or interpolates. */
export function scanType(text: string): readonly TypeToken[] | undefined {
  const tokens: TypeToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  while (at < text.length) {
    if (take(SKIPPED)) continue;
    const token = text[at] === "\n" ? newline(() => at++) : nextToken(take);
    if (!token) return undefined;
    tokens.push(token);
  }
  return [...tokens, { kind: "end", text: "" }];
}

function newline(advance: () => void): TypeToken {
  advance();
  return { kind: "newline", text: "\n" };
}

function nextToken(take: (pattern: RegExp) => RegExpExecArray | null): TypeToken | undefined {
  const word = take(WORD);
  if (word) return { kind: "word", text: word[0] };
  const number = take(NUMBER);
  if (number) return { kind: "number", text: number[0] };
  const quoted = take(QUOTED);
  if (quoted) return stringToken(unescapeQuoted(quoted[0].slice(1, -1)));
  const heredoc = take(HEREDOC);
  if (heredoc) return stringToken(heredocValue(heredoc[3]!, heredoc[1] === "-"));
  const mark = take(MARK);
  return mark ? { kind: "mark", text: mark[0] } : undefined;
}

function stringToken(text: string | undefined): TypeToken | undefined {
  return text === undefined ? undefined : { kind: "string", text };
}

function unescapeQuoted(text: string): string | undefined {
  if (interpolates(text)) return undefined;
  let isValid = true;
  const value = text.replace(ESCAPE, (whole: string, four?: string, eight?: string, single?: string) => {
    if (four !== undefined || eight !== undefined)
      return codePoint(four ?? eight!) ?? ((isValid = false), "");
    if (single === undefined) return whole.slice(1);
    const escaped = ESCAPED[single];
    if (escaped === undefined) isValid = false;
    return escaped ?? "";
  });
  return isValid ? value : undefined;
}

function codePoint(hex: string): string | undefined {
  const code = Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function heredocValue(text: string, isIndented: boolean): string | undefined {
  if (interpolates(text)) return undefined;
  const literal = text.replace(/([$%])\1\{/g, "$1{");
  if (!isIndented) return literal;
  const indents = literal
    .split("\n")
    .flatMap((line) => (line.trim() === "" ? [] : [/^[ \t]*/.exec(line)![0].length]));
  const indent = Math.min(...indents, literal.length);
  return literal
    .split("\n")
    .map((line) => line.slice(Math.min(indent, /^[ \t]*/.exec(line)![0].length)))
    .join("\n");
}

function interpolates(text: string): boolean {
  return /[$%]\{/.test(text.replace(/\$\$\{|%%\{/g, ""));
}
