import base from "handlebars/dist/cjs/handlebars/compiler/base.js";
import type { ParsedTemplate, TemplateArgument, TemplateCall } from "./template.ts";

interface Location {
  readonly start: { readonly line: number; readonly column: number };
  readonly end: { readonly line: number; readonly column: number };
}
type Syntax =
  | { readonly type: "ContentStatement"; readonly value: string }
  | { readonly type: "CommentStatement" }
  | ({ readonly type: "MustacheStatement"; readonly strip: { readonly open: boolean; readonly close: boolean } } & CallSyntax)
  | { readonly type: "BlockStatement" | "PartialStatement" | "PartialBlockStatement" | "Decorator" | "DecoratorBlock"; readonly loc: Location };
interface CallSyntax {
  readonly path: ArgumentSyntax;
  readonly params: readonly ArgumentSyntax[];
  readonly hash?: { readonly pairs: readonly { readonly key: string; readonly value: ArgumentSyntax }[] };
  readonly loc: Location;
}
type ArgumentSyntax =
  | { readonly type: "PathExpression"; readonly data: boolean; readonly depth: number; readonly parts: readonly string[]; readonly original: string; readonly loc: Location }
  | { readonly type: "StringLiteral" | "NumberLiteral" | "BooleanLiteral"; readonly value: string | number | boolean }
  | { readonly type: "NullLiteral" | "UndefinedLiteral" }
  | ({ readonly type: "SubExpression" } & CallSyntax);

class TemplateError extends Error {
  constructor(
    message: string,
    readonly hint: string,
    readonly source: string | undefined,
  ) {
    super(message);
  }
}

const NO_LOGIC = "templates hold values and functions, nothing else; where a value must differ, use a layer of the environment or customer";
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
    const program = base.parseWithoutProcessing(text) as { readonly body: readonly Syntax[] };
    const parts: (string | TemplateCall)[] = [];
    for (const statement of program.body) {
      if (statement.type === "ContentStatement") parts.push(statement.value);
      else if (statement.type === "MustacheStatement") parts.push(readMustache(text, statement));
      else if (statement.type !== "CommentStatement") {
        const source = sliceOf(text, statement.loc);
        throw new TemplateError(`'${firstLine(source)}' is a Handlebars block, which a spec does not have`, NO_LOGIC, source);
      }
    }
    return { status: "ok", template: { parts: joinTexts(parts) } };
  } catch (error) {
    if (error instanceof TemplateError) return { status: "bad", message: error.message, hint: error.hint, source: error.source };
    const message = error instanceof Error ? error.message : String(error);
    const expected = /Expecting (.*)$/m.exec(message)?.[1];
    return {
      status: "bad",
      message: "the template cannot be read",
      hint: expected?.includes("CLOSE")
        ? "close it with '}}'; text that holds braces of another language is marked !raw, and '\\{{' writes '{{'"
        : "a template is {{name.name}} or {{function argument argument}}; text with braces of another language is marked !raw",
      source: undefined,
    };
  }
}

function readMustache(text: string, statement: Extract<Syntax, { type: "MustacheStatement" }>): TemplateCall {
  if (statement.strip.open || statement.strip.close) {
    throw new TemplateError("'~' trims the text around a template, which a spec does not have", "remove the '~'", sliceOf(text, statement.loc));
  }
  return readCall(text, statement);
}

function readCall(text: string, syntax: CallSyntax): TemplateCall {
  const source = sliceOf(text, syntax.loc);
  if (syntax.path.type !== "PathExpression") {
    throw new TemplateError(`'${firstLine(source)}' begins with a value instead of a name`, "write a name or a function first", source);
  }
  const coordinates = (syntax.hash?.pairs ?? []).map((pair) => [pair.key, readArgument(text, pair.value)] as const);
  return {
    path: readPath(text, syntax.path),
    arguments: syntax.params.map((parameter) => readArgument(text, parameter)),
    coordinates: new Map(coordinates),
    source,
  };
}

function readArgument(text: string, syntax: ArgumentSyntax): TemplateArgument {
  switch (syntax.type) {
    case "StringLiteral":
    case "NumberLiteral":
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
        call: { path: readPath(text, syntax), arguments: [], coordinates: new Map(), source: sliceOf(text, syntax.loc) },
      };
  }
}

function readPath(text: string, path: Extract<ArgumentSyntax, { type: "PathExpression" }>): readonly string[] {
  if (path.data || path.depth > 0 || path.parts.length === 0 || /^this(?:[./]|$)/.test(path.original)) {
    throw new TemplateError(`'${path.original}' is no name of a spec`, "names begin with vars, environment, customer, outputs and the like", sliceOf(text, path.loc));
  }
  return path.parts;
}

function sliceOf(text: string, location: Location): string {
  const offset = (place: Location["start"]): number => {
    let start = 0;
    for (let line = 1; line < place.line; line++) start = text.indexOf("\n", start) + 1;
    return start + place.column;
  };
  return text.slice(offset(location.start), offset(location.end));
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
