import base from "handlebars/dist/cjs/handlebars/compiler/base.js";
import type { ParsedTemplate, TemplateArgument, TemplateCall } from "./template.ts";

interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}
type Syntax =
  | { readonly type: "ContentStatement"; readonly value: string }
  | { readonly type: "CommentStatement" }
  | ({
      readonly type: "MustacheStatement";
      readonly escaped: boolean;
      readonly strip: { readonly open: boolean; readonly close: boolean };
    } & CallSyntax)
  | {
      readonly type:
        "BlockStatement" | "PartialStatement" | "PartialBlockStatement" | "Decorator" | "DecoratorBlock";
      readonly loc: Location;
    };
interface CallSyntax {
  readonly path: ArgumentSyntax;
  readonly params: readonly ArgumentSyntax[];
  readonly hash?: { readonly pairs: readonly { readonly key: string; readonly value: ArgumentSyntax }[] };
  readonly loc: Location;
}
type ArgumentSyntax =
  | {
      readonly type: "PathExpression";
      readonly data: boolean;
      readonly depth: number;
      readonly parts: readonly string[];
      readonly original: string;
      readonly loc: Location;
    }
  | { readonly type: "StringLiteral" | "BooleanLiteral"; readonly value: string | boolean }
  | { readonly type: "NumberLiteral"; readonly value: number; readonly loc: Location }
  | { readonly type: "NullLiteral" | "UndefinedLiteral" }
  | ({ readonly type: "SubExpression" } & CallSyntax);

class TemplateError extends Error {
  constructor(
    message: string,
    readonly hint: string,
    readonly source: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const NO_LOGIC =
  "templates hold values and functions, nothing else; where a value must differ, use a layer of the environment or customer";
const parsedByText = new Map<string, ParsedTemplate>();

/** Whether a text is a template at all. */
export function isTemplate(text: string): boolean {
  return text.includes("{{");
}

/** Reads a template by Handlebars' own grammar; nothing of Handlebars' runtime is used. */
export function parseTemplate(text: string): ParsedTemplate {
  const known = parsedByText.get(text);
  if (known) return known;
  const parsed = parse(text);
  parsedByText.set(text, parsed);
  return parsed;
}

function parse(text: string): ParsedTemplate {
  try {
    const parts = readProgram(text).body.flatMap((statement) => readStatement(text, statement));
    return { status: "ok", template: { parts: joinTexts(parts) } };
  } catch (error) {
    if (error instanceof TemplateError) {
      const { message, hint, source, offset } = error;
      return { status: "bad", message, hint, source, offset };
    }
    return unreadable(text, error instanceof Error ? error.message : String(error));
  }
}

/** Handlebars' lexer cannot read U+0000: a character that the text does not have stands for it. */
function readProgram(text: string): { readonly body: readonly Syntax[] } {
  if (!text.includes("\u0000")) return base.parseWithoutProcessing(text) as ReturnType<typeof readProgram>;
  let stand = "\ue000";
  while (text.includes(stand)) stand = String.fromCharCode(stand.charCodeAt(0) + 1);
  const restored = (node: unknown): unknown => {
    if (typeof node === "string") return node.replaceAll(stand, "\u0000");
    if (Array.isArray(node)) return node.map(restored);
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, restored(inner)]));
  };
  const program = base.parseWithoutProcessing(text.replaceAll("\u0000", stand));
  return restored(program) as ReturnType<typeof readProgram>;
}

function readStatement(text: string, statement: Syntax): readonly (string | TemplateCall)[] {
  switch (statement.type) {
    case "ContentStatement":
      return [statement.value];
    case "CommentStatement":
      return [];
    case "MustacheStatement":
      return [readMustache(text, statement)];
    default: {
      const { source, offset } = pieceOf(text, statement.loc);
      const message = `'${firstLine(source)}' is a Handlebars block, which a spec does not have`;
      throw new TemplateError(message, NO_LOGIC, source, offset);
    }
  }
}

/** What Handlebars' parser says is about tokens; the usual causes are told in words of the spec. */
function unreadable(text: string, message: string): ParsedTemplate {
  const expected = /Expecting (.*)$/m.exec(message)?.[1] ?? "";
  const isTightBrace = /[^{]\{\{[^{}]*\}\}\}/.test(` ${text}`);
  const item = /\{\{[^{}]*?([\w-]+)(?:\.(\d+)(?=[\s})])|\[(\d+)\])/.exec(text);
  const reserved = /^Invalid path: \S*?\.(this)(?![\w-])/.exec(message)?.[1];
  const hint = reserved
    ? `'${reserved}' has a meaning of its own in templates; an entry of that name is read as '[${reserved}]'`
    : item
      ? `an item of a list is read as '${item[1]}.[${item[2] ?? item[3]}]'`
      : isTightBrace
        ? "put a space between '}}' and the '}' that follows it"
        : expected.includes("CLOSE") || !text.includes("}}")
          ? "close it with '}}'; text that holds braces of another language is marked !raw, and '\\{{' writes '{{'"
          : "a template is {{name.name}} or {{function argument argument}}; text with braces of another language is marked !raw";
  return { status: "bad", message: "the template cannot be read", hint, source: undefined, offset: 0 };
}

function readMustache(text: string, statement: Extract<Syntax, { type: "MustacheStatement" }>): TemplateCall {
  const { source, offset } = pieceOf(text, statement.loc);
  if (statement.strip.open || statement.strip.close) {
    throw new TemplateError(
      "'~' trims the text around a template, which a spec does not have",
      "remove the '~'",
      source,
      offset,
    );
  }
  if (!statement.escaped) {
    const sign = source.startsWith("{{&") ? "{{&" : "{{{";
    throw new TemplateError(
      `'${sign}' means nothing in a spec`,
      "write it with '{{' and '}}': nothing is ever escaped for HTML",
      source,
      offset,
    );
  }
  return readCall(text, statement);
}

function readCall(text: string, syntax: CallSyntax): TemplateCall {
  const { source, offset } = pieceOf(text, syntax.loc);
  if (syntax.path.type !== "PathExpression") {
    throw new TemplateError(
      `'${firstLine(source)}' begins with a value instead of a name`,
      "write a name or a function first",
      source,
      offset,
    );
  }
  const coordinates = new Map<string, TemplateArgument>();
  for (const { key, value } of syntax.hash?.pairs ?? []) {
    if (coordinates.has(key))
      throw new TemplateError(`'${key}=' is written twice`, "keep one of the two", source, offset);
    coordinates.set(key, readArgument(text, value));
  }
  return {
    path: readPath(text, syntax.path),
    arguments: syntax.params.map((parameter) => readArgument(text, parameter)),
    coordinates,
    source,
    offset,
  };
}

function readArgument(text: string, syntax: ArgumentSyntax): TemplateArgument {
  switch (syntax.type) {
    case "NumberLiteral":
      return { kind: "literal", value: exactNumber(syntax.value, pieceOf(text, syntax.loc).source) };
    case "StringLiteral":
    case "BooleanLiteral":
      return { kind: "literal", value: syntax.value };
    case "NullLiteral":
    case "UndefinedLiteral":
      return { kind: "literal", value: null };
    case "SubExpression":
      return { kind: "call", call: readCall(text, syntax) };
    case "PathExpression":
      return {
        kind: "call",
        call: {
          path: readPath(text, syntax),
          arguments: [],
          coordinates: new Map(),
          ...pieceOf(text, syntax.loc),
        },
      };
  }
}

function exactNumber(value: number, source: string): number | bigint {
  return /^-?\d+$/.test(source) && !Number.isSafeInteger(value) ? BigInt(source) : value;
}

function readPath(
  text: string,
  path: Extract<ArgumentSyntax, { type: "PathExpression" }>,
): readonly string[] {
  if (path.data || path.depth > 0 || path.parts.length === 0 || /^this(?:[./]|$)/.test(path.original)) {
    const { source, offset } = pieceOf(text, path.loc);
    throw new TemplateError(
      `'${path.original}' is no name of a spec`,
      "names begin with vars, environment, customer, outputs and the like",
      source,
      offset,
    );
  }
  return path.parts;
}

function pieceOf(text: string, location: Location): { readonly source: string; readonly offset: number } {
  const starts = [0, ...[...text.matchAll(/\r\n?|\n/g)].map((end) => end.index + end[0].length)];
  const offsetOf = (place: Location["start"]): number => (starts[place.line - 1] ?? 0) + place.column;
  const offset = offsetOf(location.start);
  return { source: text.slice(offset, offsetOf(location.end)), offset };
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? text;
}

function joinTexts(parts: readonly (string | TemplateCall)[]): (string | TemplateCall)[] {
  const result: (string | TemplateCall)[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === "string" && typeof last === "string") result[result.length - 1] = last + part;
    else if (part !== "") result.push(part);
  }
  return result;
}
