import { resolvePath } from "./paths.ts";

interface Pattern {
  /** Written with `!`: what it matches is taken back in. */
  readonly isException: boolean;
  readonly expression: RegExp;
}

/**
 * Which files of a folder Docker leaves out of a build by a `.dockerignore`, in the order and with the meaning of Docker's
 * own matcher (github.com/moby/patternmatcher). A pattern that Docker would refuse leaves nothing out.
 */
export function dockerIgnore(text: string): (path: string) => boolean {
  const patterns = text
    .replace(/^\uFEFF/, "")
    .split("\n")
    .flatMap(readPattern);
  return (path) => {
    const places = withParents(path);
    return patterns.reduce(
      (isIgnored, { isException, expression }) =>
        isException === isIgnored && places.some((place) => expression.test(place))
          ? !isException
          : isIgnored,
      false,
    );
  };
}

function withParents(path: string): readonly string[] {
  const segments = path.split("/");
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}

function readPattern(line: string): readonly Pattern[] {
  if (line.startsWith("#")) return [];
  const written = line.trim();
  const isException = written.startsWith("!");
  const path = resolvePath("", isException ? written.slice(1).trim() : written)?.trim();
  const expression = path === undefined || path === "" ? undefined : expressionOf(path);
  return expression ? [{ isException, expression }] : [];
}

/** `**` at the beginning with plain text behind it matches an end, at the end with plain text before it a beginning. */
function expressionOf(pattern: string): RegExp | undefined {
  if (isPlain(pattern)) return compiled(`^${escaped(pattern)}$`);
  const end = pattern.startsWith("**") ? pattern.slice(2) : undefined;
  if (end !== undefined && isPlain(end))
    return compiled(end.startsWith("/") ? `(?:^|/)${escaped(end.slice(1))}$` : `${escaped(end)}$`);
  const beginning = pattern.endsWith("**") ? pattern.slice(0, -2) : undefined;
  if (beginning !== undefined && isPlain(beginning)) return compiled(`^${escaped(beginning)}`);
  return compiled(`^${translated(pattern)}$`);
}

function isPlain(pattern: string): boolean {
  return !/[*?[\]\\]/.test(pattern);
}

const TOKEN = /\*\*\/?$|\*\*\/?|\*|\?|\\.|[[\]]|./gsu;

function translated(pattern: string): string {
  return pattern.replace(TOKEN, (token, at: number) => {
    if (token.startsWith("**")) return at + token.length === pattern.length ? ".*" : "(?:.*/)?";
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (token === "[" || token === "]" || token === "^" || token === "-") return token;
    return escaped(token.length > 1 && token.startsWith("\\") ? token.slice(1) : token);
  });
}

function escaped(text: string): string {
  return text.replace(/[$()*+.?[\\\]{|}^/]/g, "\\$&");
}

function compiled(expression: string): RegExp | undefined {
  try {
    return new RegExp(expression, "su");
  } catch {
    return undefined;
  }
}
