import type { Json } from "../text/json.ts";
import { scanType, type TypeToken } from "./scan-type.ts";
import type { TerraformAttribute, TerraformType } from "./terraform-type.ts";

class Unreadable extends Error {}

interface Reader {
  readonly tokens: readonly TypeToken[];
  at: number;
}

/**
 * Reads a type constraint such as `map(object({ a = optional(string, "x") }))`, with comments and newlines,
 * also the legacy `"string"`, `"list"` and `"map"`; undefined where Terraform would not take it.
 */
export function parseTerraformType(text: string): TerraformType | undefined {
  const tokens = scanType(text);
  if (!tokens) return undefined;
  const reader: Reader = { tokens, at: 0 };
  try {
    const type = parseType(reader);
    return peek(reader).kind === "end" ? type : undefined;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function parseType(reader: Reader): TerraformType {
  const { kind, text } = next(reader);
  if (kind === "string") return legacyType(text);
  if (kind !== "word") throw new Unreadable();
  switch (text) {
    case "string":
    case "number":
    case "bool":
    case "any":
      return { kind: text };
    case "list":
    case "map":
    case "set":
      if (text !== "set" && !isMark(peek(reader), "(")) return { kind: text, element: { kind: "any" } };
      return { kind: text, element: inParentheses(reader, () => parseType(reader)) };
    case "tuple":
      return { kind: "tuple", elements: inParentheses(reader, () => parseSequence(reader, parseType)) };
    case "object":
      return { kind: "object", attributes: inParentheses(reader, () => parseAttributes(reader)) };
    default:
      throw new Unreadable();
  }
}

function legacyType(text: string): TerraformType {
  if (text === "string") return { kind: "string" };
  if (text === "list" || text === "map") return { kind: text, element: { kind: "any" } };
  throw new Unreadable();
}

function parseAttributes(reader: Reader): ReadonlyMap<string, TerraformAttribute> {
  const attributes = new Map<string, TerraformAttribute>();
  parseEntries(reader, (name) => {
    if (attributes.has(name)) throw new Unreadable();
    attributes.set(name, parseAttribute(reader));
  });
  return attributes;
}

function parseAttribute(reader: Reader): TerraformAttribute {
  const { kind, text } = peek(reader);
  if (kind !== "word" || text !== "optional") return { type: parseType(reader), optional: false };
  next(reader);
  return inParentheses(reader, () => {
    const type = parseType(reader);
    if (!isMark(peek(reader), ",")) return { type, optional: true };
    next(reader);
    return isMark(peek(reader), ")")
      ? { type, optional: true }
      : { type, optional: true, default: parseLiteral(reader) };
  });
}

function parseLiteral(reader: Reader): Json {
  const { kind, text } = next(reader);
  if (kind === "string") return text;
  if (kind === "number") return literalNumber(text);
  if (kind === "word" && text in KEYWORDS) return KEYWORDS[text]!;
  if (kind !== "mark") throw new Unreadable();
  reader.at--;
  if (text === "[") return parseSequence(reader, parseLiteral);
  const entries: [string, Json][] = [];
  parseEntries(reader, (name) => entries.push([name, parseLiteral(reader)]));
  return Object.fromEntries(entries);
}

const KEYWORDS: Readonly<Record<string, Json>> = Object.assign(Object.create(null), {
  true: true,
  false: false,
  null: null,
});

function literalNumber(text: string): number | bigint {
  const number = Number(text);
  return /^-?[0-9]+$/.test(text) && !Number.isSafeInteger(number) ? BigInt(text) : number;
}

function parseSequence<T>(reader: Reader, parseItem: (reader: Reader) => T): readonly T[] {
  const items: T[] = [];
  expect(reader, "[");
  while (!isMark(peek(reader), "]")) {
    items.push(parseItem(reader));
    if (!isMark(peek(reader), "]")) expect(reader, ",");
  }
  expect(reader, "]");
  return items;
}

/** `{ name = value }` with commas or newlines between the entries; the value is read by the caller. */
function parseEntries(reader: Reader, parseValue: (name: string) => void): void {
  expect(reader, "{");
  while (!isMark(peek(reader), "}")) {
    const { kind, text } = next(reader);
    if (kind !== "word" && kind !== "string" && kind !== "number") throw new Unreadable();
    const sign = next(reader);
    if (!isMark(sign, "=") && !isMark(sign, ":")) throw new Unreadable();
    parseValue(text);
    const isSeparated = reader.tokens[reader.at]?.kind === "newline";
    if (isMark(peek(reader), ",")) next(reader);
    else if (!isSeparated && !isMark(peek(reader), "}")) throw new Unreadable();
  }
  expect(reader, "}");
}

function inParentheses<T>(reader: Reader, parseInside: () => T): T {
  expect(reader, "(");
  const result = parseInside();
  if (isMark(peek(reader), ",")) next(reader);
  expect(reader, ")");
  return result;
}

function isMark(token: TypeToken, text: string): boolean {
  return token.kind === "mark" && token.text === text;
}

function expect(reader: Reader, text: string): void {
  if (!isMark(next(reader), text)) throw new Unreadable();
}

function peek(reader: Reader): TypeToken {
  let at = reader.at;
  while (reader.tokens[at]?.kind === "newline") at++;
  return reader.tokens[at]!;
}

function next(reader: Reader): TypeToken {
  const token = peek(reader);
  reader.at = token.kind === "end" ? reader.tokens.length - 1 : reader.tokens.indexOf(token, reader.at) + 1;
  return token;
}
