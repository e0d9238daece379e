import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar as YamlScalar,
  type ScalarTag,
  type CollectionTag,
  type YAMLMap,
} from "yaml";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { DiagnosticCode } from "../diagnostics/codes.ts";
import type { Range, SourceFile } from "../source/source.ts";
import { emptyMap, type ListNode, type MapEntry, type MapNode, type Scalar, type SpecNode } from "./node.ts";

/** The tree of a YAML text and every mistake in it; the tree is what could be read despite them. */
export interface ParsedYaml {
  readonly node: SpecNode;
  readonly diagnostics: readonly Diagnostic[];
}

/** Aliases may multiply a small text into a huge tree; past this many copied nodes the file is refused. */
const MAX_ALIASED_NODES = 100_000;

const QUOTE_TEMPLATES = 'a template is written in quotes: "{{vars.name}}"';

/** Deeper than anyone writes, and far from where a recursive reader ends. */
const MAX_DEPTH = 100;
const TOO_DEEP = `lists and maps stand more than ${MAX_DEPTH} deep in each other`;

/** The tags that a spec may use, for the YAML library. */
export const YAML_TAGS: readonly (ScalarTag | CollectionTag)[] = [
  { tag: "!raw", resolve: (text) => text },
  { tag: "!unset", resolve: (text) => text },
  { tag: "!replace", collection: "map" },
];

const SYNTAX_HINTS: Readonly<Record<string, string>> = {
  BLOCK_AS_IMPLICIT_KEY: "text that holds ': ' is written in quotes; a map begins on a line of its own",
  BLOCK_IN_FLOW: "a '{' or '[' before this is not closed",
  MULTILINE_IMPLICIT_KEY: "a '{' or '[' before this is not closed, or a ':' is missing after a key",
  MISSING_CHAR: "a quote, a comma, or the end of a list or map is missing",
  BAD_INDENT: "things of one list or map stand under each other, with the same space before them",
  TAB_AS_INDENT: "YAML is indented by spaces, never by tabs",
  UNEXPECTED_TOKEN: "text that begins with one of @ ` % & * ! | > { [ is written in quotes",
  BAD_SCALAR_START: "text that begins with one of @ ` % & * ! | > { [ is written in quotes",
  BAD_DQ_ESCAPE: "in double quotes '\\' begins an escape: write '\\\\', or use single quotes",
};

/** Reads YAML text into a tree that knows where everything stands. It never throws. */
export function parseYaml(file: SourceFile): ParsedYaml {
  const documents = parseAllDocuments(file.text, {
    intAsBigInt: true,
    uniqueKeys: false,
    prettyErrors: false,
    stringKeys: false,
    customTags: [...YAML_TAGS],
    logLevel: "silent",
  });
  const reader = new YamlReader(file);
  const first = Array.isArray(documents) ? documents[0] : undefined;
  if (!first) return { node: emptyMap(reader.range(0, 0)), diagnostics: [] };
  for (const document of documents) reader.reportErrors(document);
  const second = documents[1];
  if (second) reader.refuseDocument(second);
  const hasErrors = reader.diagnostics.length > 0;
  const node =
    hasErrors || !first.contents ? emptyMap(reader.range(0, 0)) : reader.read(first, first.contents as Node);
  return { node, diagnostics: reader.diagnostics };
}

class YamlReader {
  readonly diagnostics: Diagnostic[] = [];
  private aliasedNodes = 0;
  private depth = 0;
  private isTooDeep = false;
  private readonly open = new Set<Node>();

  constructor(private readonly file: SourceFile) {}

  range(start: number, end: number): Range {
    const last = this.file.text.length;
    return { file: this.file, start: Math.min(start, last), end: Math.min(Math.max(start, end), last) };
  }

  /** What follows from a first mistake in the syntax is left out: the parser cannot know better. */
  reportErrors(document: Document): void {
    const problems = [...document.errors, ...document.warnings].sort(
      (left, right) => left.pos[0] - right.pos[0],
    );
    for (const [index, problem] of problems.entries()) {
      const range = this.range(problem.pos[0], problem.pos[1]);
      if (problem.code === "TAG_RESOLVE_FAILED") {
        const tag = this.file.text.slice(range.start, range.end);
        this.report("unknown-tag", `the tag '${tag}' means nothing in a spec`, range, {
          hint: "the tags of a spec are !raw, !replace and !unset",
        });
      } else if (index === problems.findIndex((one) => one.code !== "TAG_RESOLVE_FAILED")) {
        const hint = SYNTAX_HINTS[problem.code];
        const message = /call stack/.test(problem.message) ? TOO_DEEP : problem.message;
        this.report("yaml-syntax", message, range, hint === undefined ? {} : { hint });
      }
    }
  }

  refuseDocument(document: Document): void {
    const start = document.range?.[0] ?? 0;
    const at = this.file.text.lastIndexOf("---", start);
    this.report(
      "several-documents",
      "a spec is one YAML document, and here a second one begins",
      this.range(Math.max(at, 0), Math.max(at, 0) + 3),
      {
        hint: "join the documents, or put the second one into a file of its own and name it under 'include'",
      },
    );
  }

  read(document: Document, node: Node | null): SpecNode {
    this.depth++;
    const read = this.depth > MAX_DEPTH && node !== null ? this.tooDeep(node) : this.readNode(document, node);
    this.depth--;
    return read;
  }

  private readNode(document: Document, node: Node | null): SpecNode {
    if (node === null) return { kind: "scalar", value: null, isRaw: false, range: this.range(0, 0) };
    if (isAlias(node)) return this.readAlias(document, node);
    if (this.open.size > 0 && ++this.aliasedNodes > MAX_ALIASED_NODES) return this.nothing(node);
    const [start, end] = node.range ?? [0, 0];
    const range = this.range(start, end);
    if (node.tag === "!unset") return { kind: "unset", range };
    if (isMap(node)) return this.readMap(document, node, range);
    if (isSeq(node)) return this.readList(document, node.items as Node[], range);
    return this.readScalar(node as YamlScalar, range);
  }

  private readList(document: Document, items: readonly Node[], range: Range): ListNode {
    return { kind: "list", items: items.map((item) => this.read(document, item)), range };
  }

  private readScalar(node: YamlScalar, range: Range): SpecNode {
    const value = plainScalar(node.value);
    if (value !== undefined) return { kind: "scalar", value, isRaw: node.tag === "!raw", range };
    this.report(
      "yaml-value",
      `'${String(node.source ?? node.value)}' is no value that Terraform can hold`,
      range,
      {
        hint: "write it in quotes if text is meant",
      },
    );
    return { kind: "scalar", value: null, isRaw: false, range };
  }

  private readMap(document: Document, map: YAMLMap, range: Range): MapNode {
    const entries = new Map<string, MapEntry>();
    const merged: MapNode[] = [];
    for (const pair of map.items as Pair<Node, Node | null>[]) {
      const keyRange = this.keyRange(pair, range);
      const key = keyText(pair.key);
      if (key === undefined)
        this.report(
          "yaml-key",
          "a key must be plain text",
          keyRange,
          this.isTemplateAt(keyRange) ? { hint: QUOTE_TEMPLATES } : {},
        );
      else if (isMergeKey(pair.key)) merged.push(...this.mergedMaps(document, pair.value, keyRange));
      else this.addEntry(entries, key, keyRange, this.readValue(document, pair.value, keyRange));
    }
    for (const source of merged) {
      for (const [key, entry] of source.entries) if (!entries.has(key)) entries.set(key, entry);
    }
    return { kind: "map", entries, replaces: map.tag === "!replace", range };
  }

  private readValue(document: Document, value: Node | null, keyRange: Range): SpecNode {
    if (value === null) return { kind: "scalar", value: null, isRaw: false, range: keyRange };
    const node = this.read(document, value);
    const isEmpty = node.kind === "scalar" && node.value === null && node.range.end === node.range.start;
    return isEmpty ? { ...node, range: keyRange } : node;
  }

  private addEntry(entries: Map<string, MapEntry>, key: string, keyRange: Range, value: SpecNode): void {
    const earlier = entries.get(key);
    if (!earlier) entries.set(key, { keyRange, value });
    else {
      this.report("duplicate-key", `'${key}' is written twice in the same map`, keyRange, {
        hint: "keep one of the two",
        related: [{ message: `'${key}' is first written here`, range: earlier.keyRange }],
      });
    }
  }

  private mergedMaps(document: Document, value: Node | null, keyRange: Range): MapNode[] {
    const node = this.readValue(document, value, keyRange);
    const maps = node.kind === "list" ? node.items : [node];
    const result = maps.filter((map): map is MapNode => map.kind === "map");
    if (result.length !== maps.length)
      this.report("yaml-merge", "'<<' takes a map or a list of maps", keyRange);
    return result;
  }

  private readAlias(document: Document, alias: Alias): SpecNode {
    const target = alias.resolve(document) as Node | undefined;
    const [start, end] = alias.range ?? [0, 0];
    const range = this.range(start, end);
    const nothing: SpecNode = { kind: "scalar", value: null, isRaw: false, range };
    if (!target || this.aliasedNodes > MAX_ALIASED_NODES) return nothing;
    if (this.open.has(target)) {
      this.report("yaml-alias", `the alias '*${alias.source}' stands inside what it names`, range);
      return nothing;
    }
    this.open.add(target);
    const node = this.read(document, target);
    this.open.delete(target);
    return node;
  }

  private isTemplateAt({ start }: Range): boolean {
    return this.file.text.slice(Math.max(0, start - 1), start + 1) === "{{";
  }

  private tooDeep(node: Node): SpecNode {
    const [start, end] = node.range ?? [0, 0];
    const range = this.range(start, end);
    if (!this.isTooDeep) this.report("yaml-syntax", TOO_DEEP, range);
    this.isTooDeep = true;
    return { kind: "scalar", value: null, isRaw: false, range };
  }

  private nothing(node: Node): SpecNode {
    const [start, end] = node.range ?? [0, 0];
    const range = this.range(start, end);
    if (this.aliasedNodes === MAX_ALIASED_NODES + 1) {
      this.report(
        "yaml-alias",
        `the aliases of this file copy more than ${MAX_ALIASED_NODES} values`,
        range,
        {
          hint: "write out what is meant, or use layers and 'vars' instead of nested aliases",
        },
      );
    }
    return { kind: "scalar", value: null, isRaw: false, range };
  }

  private keyRange(pair: Pair<Node, Node | null>, map: Range): Range {
    const [start, end] = pair.key?.range ?? [map.start, map.start];
    return this.range(start, end);
  }

  private report(code: DiagnosticCode, message: string, range: Range, more: Partial<Diagnostic> = {}): void {
    this.diagnostics.push({ code, severity: "error", message, range, ...more });
  }
}

function plainScalar(value: unknown): Scalar | undefined {
  if (value === null || value === undefined) return null;
  if (typeof value === "bigint") {
    return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  }
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "string") return asTerraformHolds(value);
  return typeof value === "boolean" ? value : undefined;
}

function keyText(key: Node | null): string | undefined {
  if (!isScalar(key)) return undefined;
  const text = typeof key.value === "string" ? key.value : (key.source ?? String(key.value));
  return asTerraformHolds(text);
}

/** Composed (NFC), and with U+FFFD for halves of characters. */
function asTerraformHolds(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd").normalize("NFC");
}

function isMergeKey(key: Node | null): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}
