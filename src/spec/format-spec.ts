import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { parseYaml } from "./parse-yaml.ts";

/** What a line of a spec is: the beginning of something, a part of a value that began above, or neither. */
interface Line {
  /** New indentation, where the line begins a key, an item or a value. */
  readonly indent?: number;
  /** The line on which the value began that goes on here. */
  readonly continues?: number;
  /** New indentation of the content of a block scalar. */
  readonly block?: { readonly from: number; readonly to: number };
}

/**
 * A spec with two spaces per level, lists indented below their key, no spaces at ends of lines, at most one empty line
 * in a row and one line end at the end. Keys, quotes, flow and block styles, comments and long lines stay. What it means
 * never changes: where that cannot be kept (or read), the text stays but for the end of the file.
 */
export function formatSpec(text: string): string {
  const body = text.replace(/^\ufeff/, "").replace(/\r\n/g, "\n");
  if (body.trim() === "") return "";
  const formatted = reindent(body) ?? body;
  const candidates = [`${formatted.replace(/\s+$/, "")}\n`, formatted];
  return candidates.find((candidate) => isSame(body, candidate)) ?? text;
}

function reindent(text: string): string | undefined {
  const counter = new LineCounter();
  const documents = parseAllDocuments(text, {
    keepSourceTokens: true,
    lineCounter: counter,
    uniqueKeys: false,
    logLevel: "silent",
  });
  const [document, second] = Array.isArray(documents) ? documents : [];
  if (!document || second || document.errors.length > 0) return undefined;
  const source = text.split("\n");
  const plan = new LinePlan(source, counter);
  plan.document(document);
  return plan.write();
}

/** Whether two texts say the same, comments included. */
function isSame(before: string, after: string): boolean {
  const meaning = (text: string): string => {
    const { node, diagnostics } = parseYaml({ path: "spec", text });
    return JSON.stringify([diagnostics.length, node], (key, value: unknown) => {
      if (key === "range" || key === "keyRange") return undefined;
      if (value instanceof Map) return [...value];
      return typeof value === "bigint" ? `${value}n` : value;
    });
  };
  return meaning(before) === meaning(after) && commentsOf(before) === commentsOf(after);
}

function commentsOf(text: string): string {
  return text
    .split("\n")
    .flatMap((line) => (/^\s*#/.test(line) ? [line.trim()] : []))
    .join("\n");
}

class LinePlan {
  private readonly lines: Line[];

  constructor(
    private readonly source: readonly string[],
    private readonly counter: LineCounter,
  ) {
    this.lines = source.map(() => ({}));
  }

  document({ contents }: Document): void {
    if (contents) this.value(contents as Node, 0);
  }

  /** A value that begins on a line of its own stands at `indent`; what it holds follows from that. */
  private value(node: Node, indent: number): void {
    if (isMap(node) && !node.flow) return this.map(node, indent);
    if (isSeq(node) && !node.flow) return this.list(node, indent);
    const [start = 0, end = start] = node.range ?? [];
    const first = this.begin(start, indent);
    if (isScalar(node) && (node.type === "BLOCK_LITERAL" || node.type === "BLOCK_FOLDED"))
      return this.blockScalar(first, end, indent);
    if (isAlias(node)) return;
    for (let line = first + 1; line <= this.lineOf(end); line++) this.lines[line] = { continues: first };
  }

  private map(map: YAMLMap, indent: number): void {
    for (const { key, value } of map.items as Pair<Node, Node | null>[]) {
      if (isCollection(key)) this.value(key, indent);
      else if (key.range) this.begin(key.range[0], indent);
      if (value) this.value(value, indent + 2);
    }
  }

  private list(list: YAMLSeq, indent: number): void {
    const token = list.srcToken;
    const dashes =
      token?.type === "block-seq"
        ? token.items.flatMap(({ start }) => start.filter(({ type }) => type === "seq-item-ind"))
        : [];
    for (const dash of dashes) this.begin(dash.offset, indent);
    for (const item of list.items as (Node | null)[]) if (item) this.value(item, indent + 2);
  }

  /** Content stands below its key; where its indentation is written out (`|2`) it stays where it is. */
  private blockScalar(first: number, end: number, indent: number): void {
    const last = this.lineOf(Math.max(end - 1, 0));
    const firstText = this.source.slice(first + 1, last + 1).find((line) => line.trim() !== "");
    const isWrittenOut = /[|>][+-]?[1-9]/.test(this.source[first] ?? "");
    const from = indentOf(firstText ?? "");
    const block = { from, to: isWrittenOut || firstText === undefined ? from : indent };
    for (let line = first + 1; line <= last; line++) this.lines[line] = { block };
  }

  private begin(offset: number, indent: number): number {
    const line = this.lineOf(offset);
    const isFirst = (this.source[line] ?? "").slice(0, this.columnOf(offset)).trim() === "";
    if (isFirst) this.lines[line] = { indent };
    return line;
  }

  private lineOf(offset: number): number {
    return this.counter.linePos(offset).line - 1;
  }

  private columnOf(offset: number): number {
    return this.counter.linePos(offset).col - 1;
  }

  private newIndent(line: number): number {
    return this.lines[line]?.indent ?? indentOf(this.source[line] ?? "");
  }

  write(): string {
    const written: string[] = [];
    for (const [index, text] of this.source.entries()) {
      const line = this.lines[index] ?? {};
      if (line.block) written.push(this.blockLine(text, line.block));
      else if (line.continues !== undefined) written.push(this.shifted(text, line.continues));
      else if (text.trim() !== "") written.push(" ".repeat(this.indentAt(index)) + this.tidied(text));
      else if (index === this.source.length - 1 || (written.length > 0 && written.at(-1) !== ""))
        written.push("");
    }
    return written.join("\n");
  }

  private blockLine(text: string, { from, to }: { readonly from: number; readonly to: number }): string {
    return text.length <= from && text.trim() === "" ? "" : " ".repeat(to) + text.slice(from);
  }

  /** The rest of a value keeps its distance from where the value begins. */
  private shifted(text: string, first: number): string {
    if (text.trim() === "") return "";
    const shift = this.newIndent(first) - indentOf(this.source[first] ?? "");
    return " ".repeat(Math.max(0, indentOf(text) + shift)) + text.trim();
  }

  /** One space after the dash of an item, where what follows is aligned with it. */
  private tidied(text: string): string {
    return text
      .trim()
      .replace(/^((?:-\s+)+)(?=\S)/, (dashes) => "- ".repeat((dashes.match(/-/g) ?? []).length));
  }

  private indentAt(index: number): number {
    return this.lines[index]?.indent ?? this.commentIndent(index);
  }

  /** A comment belongs to what stands below it at its height, else to what stands above it at its height. */
  private commentIndent(index: number): number {
    const height = indentOf(this.source[index] ?? "");
    const below = this.lines.findIndex(({ indent }, line) => line > index && indent !== undefined);
    if (below >= 0 && indentOf(this.source[below] ?? "") === height) return this.newIndent(below);
    for (let line = index - 1; line >= 0; line--) {
      const { indent } = this.lines[line] ?? {};
      if (indent !== undefined && indentOf(this.source[line] ?? "") === height) return indent;
    }
    return below >= 0 ? this.newIndent(below) : 0;
  }
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
