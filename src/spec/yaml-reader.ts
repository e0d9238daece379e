import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from "yaml";
import type { DiagnosticCode } from "../diagnostics/codes.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { rangeIn } from "../source/range-in.ts";
import type { Range, SourceFile } from "../source/source.ts";
import type { ListNode, MapEntry, MapNode, SpecNode } from "./node.ts";
import { MAX_DEPTH, TOO_DEEP } from "./syntax-problems.ts";
import { keyText, plainScalar } from "./yaml-scalar.ts";

/** Aliases may multiply a small text into a huge tree; past this many copied nodes the file is refused. */
const MAX_ALIASED_NODES = 100_000;

const QUOTE_TEMPLATES = 'a template is written in quotes: "{{vars.name}}"';

/** Turns what the YAML library read into nodes of a spec, and keeps the mistakes that it meets. */
export class YamlReader {
  readonly diagnostics: Diagnostic[] = [];
  private aliasedNodes = 0;
  private depth = 0;
  private isTooDeep = false;
  private readonly open = new Set<Node>();

  constructor(private readonly file: SourceFile) {}

  private range(start: number, end: number): Range {
    return rangeIn(this.file, start, end);
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
    return this.readScalar(node as Scalar, range);
  }

  private readList(document: Document, items: readonly Node[], range: Range): ListNode {
    return { kind: "list", items: items.map((item) => this.read(document, item)), range };
  }

  private readScalar(node: Scalar, range: Range): SpecNode {
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

function isMergeKey(key: Node | null): boolean {
  return isScalar(key) && key.value === "<<" && key.type === "PLAIN";
}
