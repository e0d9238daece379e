import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { ValueRecord } from "../provider/is-record.ts";

/** Something that exists before anything is rehearsed, as it was written. */
export interface WrittenGiven {
  readonly typeName: string;
  readonly attributes: ValueRecord;
  readonly line: number;
}

/** A mistake in the file; the line counts from 1. */
export interface GivenProblem {
  readonly line: number;
  readonly message: string;
}

export interface GivenReading {
  readonly given: readonly WrittenGiven[];
  readonly problems: readonly GivenProblem[];
}

/** Reads `rehearsal.yaml`: under `given`, by type, a list of what exists with its attributes. */
export function readGiven(content: string): GivenReading {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines });
  const lineOf = (node: unknown): number =>
    lines.linePos((node as Node | null | undefined)?.range?.[0] ?? 0).line;
  const problems: GivenProblem[] = document.errors.map(({ message, pos }) => ({
    line: lines.linePos(pos[0]).line,
    message: message.split("\n", 1)[0]!,
  }));
  if (problems.length > 0 || document.contents === null) return { given: [], problems };
  const report = (node: unknown, message: string): readonly [] => {
    problems.push({ line: lineOf(node), message });
    return [];
  };
  const given = entriesOf(document.contents, () => report(document.contents, SHAPE)).flatMap(
    ({ key, node, value }) => {
      if (key !== "given") return report(node, `unknown key '${key}': there is 'given'`);
      return entriesOf(value, () => report(value ?? node, SHAPE)).flatMap((type) => {
        if (!isSeq(type.value))
          return report(type.node, `'given.${type.key}' must be a list: - { name: ... }`);
        return type.value.items.flatMap((item): readonly WrittenGiven[] => {
          if (!isMap(item) || item.items.length === 0)
            return report(
              item ?? type.node,
              `each of 'given.${type.key}' must be a map of attributes: - { name: ... }`,
            );
          return [{ typeName: type.key, attributes: item.toJS(document) as ValueRecord, line: lineOf(item) }];
        });
      });
    },
  );
  return { given, problems };
}

const SHAPE =
  "'given' must be a map by resource type, of lists of what exists: given: { TYPE: [{ name: ... }] }";

interface Entry {
  readonly key: string;
  readonly node: unknown;
  readonly value: unknown;
}

function entriesOf(node: unknown, refuse: () => readonly []): readonly Entry[] {
  if (!isMap(node)) return refuse();
  return node.items.map(({ key, value }) => ({
    key: String(isScalar(key) ? key.value : key),
    node: key,
    value,
  }));
}
