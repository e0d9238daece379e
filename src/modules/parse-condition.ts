import type { Condition } from "./condition.ts";

const TOKEN =
  /\s+|(?<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z_][A-Za-z0-9_-]*)|(?<text>"(?:[^"\\]|\\.)*")|(?<mark>&&|\|\||[=!<>]=|=>|[-+*/%!<>?:.,()[\]])/gy;
/** Operators from the loosest to the tightest. */
const OPERATORS: readonly (readonly string[])[] = [
  ["||"],
  ["&&"],
  ["==", "!="],
  ["<", "<=", ">", ">="],
  ["+", "-"],
  ["*", "/", "%"],
];
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

interface Token {
  readonly kind: "number" | "word" | "text" | "mark" | "end";
  readonly text: string;
}

class Unreadable extends Error {}

const conditionByText = new Map<string, Condition | undefined>();

/** Reads a condition; undefined where it uses more of the language than this knows. */
export function parseCondition(text: string): Condition | undefined {
  if (!conditionByText.has(text)) conditionByText.set(text, readCondition(text));
  return conditionByText.get(text);
}

function readCondition(text: string): Condition | undefined {
  try {
    const reader = new ConditionReader(scan(text));
    const condition = reader.choice();
    reader.take("end");
    return condition;
  } catch (error) {
    if (error instanceof Unreadable) return undefined;
    throw error;
  }
}

function scan(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const { 0: found, index, groups = {} } of text.matchAll(TOKEN)) {
    const [kind] = (["number", "word", "text", "mark"] as const).filter((name) => groups[name] !== undefined);
    if (kind) tokens.push({ kind, text: found });
    end = index + found.length;
  }
  if (end !== text.length) throw new Unreadable();
  return [...tokens, { kind: "end", text: "" }];
}

class ConditionReader {
  private at = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  choice(): Condition {
    const test = this.operation(0);
    if (!this.skip("?")) return test;
    const then = this.choice();
    this.expect(":");
    return { kind: "choice", test, then, otherwise: this.choice() };
  }

  take(kind: Token["kind"]): string {
    const token = this.next();
    if (token.kind !== kind) throw new Unreadable();
    this.at++;
    return token.text;
  }

  private operation(level: number): Condition {
    const operators = OPERATORS[level];
    if (!operators) return this.unary();
    let left = this.operation(level + 1);
    for (let operator = this.operator(operators); operator; operator = this.operator(operators))
      left = { kind: "operation", operator, left, right: this.operation(level + 1) };
    return left;
  }

  private operator(operators: readonly string[]): string | undefined {
    return operators.find((operator) => this.skip(operator));
  }

  private unary(): Condition {
    if (this.skip("!")) return { kind: "not", operand: this.unary() };
    if (this.skip("-")) return { kind: "minus", operand: this.unary() };
    return this.members(this.primary());
  }

  private members(of: Condition): Condition {
    if (this.skip(".")) {
      const { kind, text } = this.next();
      if (kind !== "word" && kind !== "number") throw new Unreadable();
      this.at++;
      return this.members({ kind: "member", of, key: { kind: "literal", value: text } });
    }
    if (!this.skip("[")) return of;
    const key = this.choice();
    this.expect("]");
    return this.members({ kind: "member", of, key });
  }

  private primary(): Condition {
    const { kind, text } = this.next();
    if (kind === "end") throw new Unreadable();
    this.at++;
    if (kind === "number") return { kind: "literal", value: Number(text) };
    if (kind === "text") return { kind: "literal", value: unquote(text) };
    if (kind === "word") return this.word(text);
    if (text === "[") return this.list();
    if (text !== "(") throw new Unreadable();
    const inner = this.choice();
    this.expect(")");
    return inner;
  }

  private word(name: string): Condition {
    if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
    if (name === "null") return { kind: "literal", value: null };
    return this.skip("(") ? { kind: "call", name, arguments: this.items(")") } : { kind: "name", name };
  }

  private list(): Condition {
    const { kind, text } = this.next();
    if (kind !== "word" || text !== "for") return { kind: "list", items: this.items("]") };
    this.at++;
    const names = [this.take("word"), ...(this.skip(",") ? [this.take("word")] : [])];
    if (this.take("word") !== "in") throw new Unreadable();
    const over = this.choice();
    this.expect(":");
    const each = this.choice();
    const isFiltered = this.next().text === "if";
    if (isFiltered) this.at++;
    const where = isFiltered ? this.choice() : undefined;
    this.expect("]");
    return { kind: "for", names, over, each, where };
  }

  private items(end: string): Condition[] {
    const items: Condition[] = [];
    while (!this.skip(end)) {
      items.push(this.choice());
      if (!this.skip(",") && this.next().text !== end) throw new Unreadable();
    }
    return items;
  }

  private skip(mark: string): boolean {
    const { kind, text } = this.next();
    if (kind !== "mark" || text !== mark) return false;
    this.at++;
    return true;
  }

  private expect(mark: string): void {
    if (!this.skip(mark)) throw new Unreadable();
  }

  private next(): Token {
    return this.tokens[this.at] ?? { kind: "end", text: "" };
  }
}

/** The text of a quoted template; one with expressions in it is more than this knows. */
function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  if (/[$%]\{/.test(inner)) throw new Unreadable();
  return inner.replace(/\\(.)/g, (_whole, escaped: string) => {
    const character = ESCAPES[escaped];
    if (character === undefined) throw new Unreadable();
    return character;
  });
}
