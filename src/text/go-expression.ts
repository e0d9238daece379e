/** Classes and single characters that Go spells otherwise. */
const ESCAPES: Readonly<Record<string, string>> = {
  "\\s": "[\\t\\n\\f\\r ]",
  "\\S": "[^\\t\\n\\f\\r ]",
  "\\a": "\\x07",
  "\\A": "^",
  "\\z": "$",
};
const ESCAPES_WITHIN: Readonly<Record<string, string>> = { "\\s": "\\t\\n\\f\\r ", "\\a": "\\x07" };

const POSIX: Readonly<Record<string, string>> = {
  alnum: "0-9A-Za-z",
  alpha: "A-Za-z",
  blank: "\\t ",
  cntrl: "\\x00-\\x1f\\x7f",
  digit: "0-9",
  graph: "!-~",
  lower: "a-z",
  print: " -~",
  punct: "!-\\/:-@\\[-`{-~",
  space: "\\t\\n\\v\\f\\r ",
  upper: "A-Z",
  word: "0-9A-Za-z_",
  xdigit: "0-9A-Fa-f",
};

const CLASS = /\[\^?\]?(?:\[:\w+:\]|\\.|[^\]\\])*\]/;
const TOKEN = new RegExp(`${CLASS.source}|\\{\\d+(?:,\\d*)?\\}|\\\\.|.`, "gsu");
const WITHIN = /\[:(\w+):\]|\\.|./gsu;

/** An expression in the syntax of Go's `regexp`; undefined for one that is none. */
export function goExpression(source: string): RegExp | undefined {
  const translated = source.replace(TOKEN, (token) => {
    if (CLASS.test(token)) return classOf(token);
    if (/^[[\]{}]$/.test(token)) return token === "[" ? token : `\\${token}`;
    return ESCAPES[token] ?? escapeOf(token);
  });
  try {
    return new RegExp(translated, "su");
  } catch {
    return undefined;
  }
}

function classOf(token: string): string {
  const [, open = "", content = ""] = /^(\[\^?)(.*)\]$/su.exec(token) ?? [];
  const within = content.replace(WITHIN, (part, name: string | undefined) => {
    if (name !== undefined) return POSIX[name] ?? part;
    if (part === "[" || part === "]" || part === "^") return `\\${part}`;
    return ESCAPES_WITHIN[part] ?? escapeOf(part);
  });
  return `${open}${within}]`;
}

/** What has no meaning behind a backslash stands for itself; letters and digits that have none are refused. */
function escapeOf(token: string): string {
  if (!/^\\[^\w]$/su.test(token)) return token;
  return /^\\[\^$\\.*+?()[\]{}|/-]$/.test(token) ? token.replace("\\-", "\\x2d") : token.slice(1);
}
