import type { Range } from "../source/source.ts";

/** A value that YAML can write and Terraform can read; whole numbers beyond 2^53 are bigints. */
export type Scalar = null | boolean | number | bigint | string;

/** `isRaw` marks text tagged `!raw`, which is never read as a template. */
export interface ScalarNode {
  readonly kind: "scalar";
  readonly value: Scalar;
  readonly isRaw: boolean;
  readonly range: Range;
}

export interface ListNode {
  readonly kind: "list";
  readonly items: readonly SpecNode[];
  readonly range: Range;
}

export interface MapEntry {
  readonly keyRange: Range;
  readonly value: SpecNode;
}

/** `replaces` marks a map tagged `!replace`, which takes the place of the map below it instead of merging. */
export interface MapNode {
  readonly kind: "map";
  readonly entries: ReadonlyMap<string, MapEntry>;
  readonly replaces: boolean;
  readonly range: Range;
}

/** Written `!unset`: removes what a lower layer says at this key. */
export interface UnsetNode {
  readonly kind: "unset";
  readonly range: Range;
}

/** What was written in a spec, with the place of every part of it. */
export type SpecNode = ScalarNode | ListNode | MapNode | UnsetNode;

/** A step into a node tree: a key of a map or an index of a list. */
export type NodePath = readonly (string | number)[];

/** The child of a map by key, if there is one. */
export function child(node: SpecNode | undefined, key: string): SpecNode | undefined {
  return node?.kind === "map" ? node.entries.get(key)?.value : undefined;
}

/** The text of a string scalar. */
export function textOf(node: SpecNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** The texts of a list; whatever else stands in it is left out. */
export function textsOf(node: SpecNode | undefined): readonly string[] {
  return node?.kind === "list" ? node.items.flatMap((item) => textOf(item) ?? []) : [];
}

/** The map that a node is, or an empty one: a key written without a value means an empty map. */
export function mapOf(node: SpecNode | undefined, at: Range): MapNode {
  return node?.kind === "map"
    ? node
    : { kind: "map", entries: new Map(), replaces: false, range: node?.range ?? at };
}

/** A map with exactly these entries, in the order of its keys. */
export function emptyMap(range: Range): MapNode {
  return { kind: "map", entries: new Map(), replaces: false, range };
}

/** Follows a path as far as it goes; undefined where it leads nowhere. */
export function nodeAt(node: SpecNode, path: NodePath): SpecNode | undefined {
  let at: SpecNode | undefined = node;
  for (const step of path) {
    if (at?.kind === "map") at = at.entries.get(String(step))?.value;
    else if (at?.kind === "list") at = at.items[Number(step)];
    else return undefined;
  }
  return at;
}
