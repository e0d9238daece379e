/** HCL text without its provisioners, and how many of which kind were taken out, in order. */
export interface StrippedHcl {
  readonly text: string;
  readonly provisioners: readonly string[];
}

/** Comments may stand wherever spaces may. */
const GAP = String.raw`(?:[ \t]|/\*[^]*?\*/)*`;
const HEADER = new RegExp(String.raw`provisioner${GAP}("(?:[^"\\\n]|\\.)*"|[\w-]+)${GAP}\{`, "y");

/** Takes every `provisioner` block out of HCL text; all else stays, on the lines where it stood. */
export function stripProvisioners(text: string): StrippedHcl {
  const provisioners: string[] = [];
  let kept = "";
  let at = 0;
  // A block can begin where only spaces and comments stand before it on its line, or behind a brace.
  let isStart = true;
  while (at < text.length) {
    const header = isStart ? headerAt(text, at) : null;
    const end = header ? endOfBlock(text, at + header[0].length) : endOfToken(text, at);
    if (header) provisioners.push((header[1] ?? "").replaceAll('"', ""));
    const token = text.slice(at, end);
    kept += header ? token.replace(/[^\n]/g, "") : token;
    isStart = mayBegin(token, isStart);
    at = end;
  }
  return { text: kept, provisioners };
}

function headerAt(text: string, at: number): RegExpExecArray | null {
  HEADER.lastIndex = at;
  return HEADER.exec(text);
}

function mayBegin(token: string, wasStart: boolean): boolean {
  if (/^\s*$|^\{$|^#|^\/\/|^\uFEFF$/.test(token)) return wasStart || /[\n{]/.test(token);
  return token.startsWith("/*") && wasStart;
}

/** Behind the brace that closes a block whose opening brace stands before `at`. */
function endOfBlock(text: string, at: number): number {
  let depth = 1;
  while (at < text.length) {
    if (text[at] === "{") depth++;
    if (text[at] === "}" && --depth === 0) return at + 1;
    at = endOfToken(text, at);
  }
  return text.length;
}

/** Behind what stands at a place: a comment, a quoted text or a heredoc as a whole, else one character. */
function endOfToken(text: string, at: number): number {
  if (text[at] === "#" || text.startsWith("//", at)) return endOfLine(text, at);
  if (text.startsWith("/*", at)) return behind(text, "*/", at + 2);
  if (text[at] === '"') return endOfQuoted(text, at + 1);
  const heredoc = /^<<-?([\w-]+)[ \t]*\r?\n/.exec(text.slice(at, at + 200));
  if (heredoc) return endOfHeredoc(text, at + heredoc[0].length, heredoc[1] ?? "");
  return at + 1;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

function behind(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function endOfHeredoc(text: string, at: number, marker: string): number {
  const end = new RegExp(`^[ \\t]*${marker}[ \\t]*\\r?$`, "m").exec(text.slice(at));
  return end ? at + end.index + end[0].length : text.length;
}

/** Templates in quotes may hold quotes of their own: `"${x["a"]}"`. */
function endOfQuoted(text: string, at: number): number {
  while (at < text.length) {
    if (text[at] === "\\") at += 2;
    else if (text[at] === '"') return at + 1;
    else if (/^[$%]\{/.test(text.slice(at, at + 2)) && text[at - 1] !== text[at])
      at = endOfBlock(text, at + 2);
    else at++;
  }
  return text.length;
}
