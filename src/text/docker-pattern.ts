import { goExpression } from "./go-expression.ts";

/** One line of a `.dockerignore`. */
export interface DockerPattern {
  /** Written with `!`: what it matches is taken back in. */
  readonly isException: boolean;
  /** Without `!`, cleaned as a path. */
  readonly text: string;
  readonly matches: (path: string) => boolean;
}

/** Reads a line as Docker does; undefined for what can match nothing, and for what Docker would refuse. */
export function readDockerPattern(line: string): DockerPattern | undefined {
  if (line.startsWith("#")) return undefined;
  const written = line.trim();
  const isException = written.startsWith("!");
  const text = cleanPath(isException ? written.slice(1).trim() : written).trim();
  if (text === "") return undefined;
  const matches = matcherOf(text);
  return matches && { isException, text, matches };
}

/** From the root of the context, which no `/` in front and no `..` behind one changes. */
function cleanPath(path: string): string {
  const isRooted = path.startsWith("/");
  const kept: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "" || segment === ".") continue;
    const isUp = segment === ".." && kept.length > 0 && kept.at(-1) !== "..";
    if (isUp) kept.pop();
    else if (segment !== ".." || !isRooted) kept.push(segment);
  }
  return kept.join("/");
}

type Kind = "text" | "beginning" | "end" | "expression";

/** `**` at the beginning with plain text behind it matches an end, at the end with plain text before it a beginning. */
function matcherOf(pattern: string): DockerPattern["matches"] | undefined {
  const { kind, expression } = translated(pattern);
  switch (kind) {
    case "text":
      return (path) => path === pattern;
    case "beginning":
      return (path) => path.startsWith(pattern.slice(0, -2));
    case "end": {
      const end = pattern.slice(2);
      return (path) => path.endsWith(end) || (end.startsWith("/") && path === end.slice(1));
    }
    case "expression": {
      const compiled = goExpression(`^${expression}$`);
      return compiled && ((path) => compiled.test(path));
    }
  }
}

const TOKEN = /\*\*\/?|\\.|./gsu;

/** An expression of Go's, by the rules of patternmatcher, its oversights with `|`, `{` and `}` included. */
function translated(pattern: string): { readonly kind: Kind; readonly expression: string } {
  let kind: Kind = "text";
  let expression = "";
  for (const { 0: token, index } of pattern.matchAll(TOKEN)) {
    const isLast = index + token.length === pattern.length;
    if (token.startsWith("**")) {
      expression += isLast ? ".*" : "(.*/)?";
      const isBeginning: boolean = isLast && kind === "text";
      kind = index === 0 ? "end" : isBeginning ? "beginning" : "expression";
    } else {
      expression += TRANSLATION[token] ?? token.replace(/^[.+()$]$/, "\\$&");
      if (/^(?:[*?[\]]|\\.)$/su.test(token)) kind = "expression";
    }
  }
  return { kind, expression };
}

const TRANSLATION: Readonly<Record<string, string>> = { "*": "[^/]*", "?": "[^/]" };
