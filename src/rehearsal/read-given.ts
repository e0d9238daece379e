import { suggest } from "../diagnostics/suggest.ts";
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { ValueRecord } from "../provider/is-record.ts";

/** Something that exists before anything is rehearsed, as it was written. */
export interface WrittenGiven {
  readonly typeName: string;
  readonly attributes: ValueRecord;
  /** The environment that alone has it; undefined where all have. */
  readonly environment?: string;
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

/**
 * Reads `rehearsal.yaml`: under `given`, by type, a list of what exists with its attributes; under `environments` the
 * same for some of the platform's.
 */
export function readGiven(content: string, environments: readonly string[]): GivenReading {
  const lines = new LineCounter();
  const document = parseDocument(content, { lineCounter: lines });
  const problems: GivenProblem[] = document.errors.map(({ message, pos }) => ({
    line: lines.linePos(pos[0]).line,
    message: message.split("\n", 1)[0]!,
  }));
  if (problems.length > 0 || document.contents === null) return { given: [], problems };
  const lineOf = (node: unknown): number =>
    lines.linePos((node as Node | null | undefined)?.range?.[0] ?? 0).line;
  const report = (node: unknown, message: string): readonly [] => {
    problems.push({ line: lineOf(node), message });
    return [];
  };
  const place: ReadingPlace = { path: "given", document, lineOf, report };
  const given = entriesOf(document.contents, () => report(document.contents, SHAPE)).flatMap(
    ({ key, node, value }) => {
      if (key === "given") return readTypes(value ?? node, place);
      if (key === "environments") return readEnvironments(value ?? node, environments, place);
      return report(node, `unknown key '${key}': there are 'given' and 'environments'`);
    },
  );
  return { given, problems };
}

interface ReadingPlace {
  /** Of the map by type, from the root. */
  readonly path: string;
  readonly environment?: string;
  readonly document: Document;
  readonly lineOf: (node: unknown) => number;
  readonly report: (node: unknown, message: string) => readonly [];
}

function readEnvironments(
  node: unknown,
  known: readonly string[],
  place: ReadingPlace,
): readonly WrittenGiven[] {
  const { report } = place;
  const shape = "'environments' must be a map by environment: environments: { prod: { given: { ... } } }";
  return entriesOf(node, () => report(node, shape)).flatMap((environment) => {
    const { key: name } = environment;
    if (!known.includes(name)) return report(environment.node, unknownEnvironment(name, known));
    const path = `environments.${name}`;
    const isNotMap = `'${path}' must be a map with 'given'`;
    return entriesOf(environment.value, () => report(environment.node, isNotMap)).flatMap(
      ({ key, node: at, value }) =>
        key === "given"
          ? readTypes(value ?? at, { ...place, path: `${path}.given`, environment: name })
          : report(at, `unknown key '${key}' in '${path}': there is 'given'`),
    );
  });
}

function unknownEnvironment(name: string, known: readonly string[]): string {
  const meant = suggest(name, known);
  const hint =
    meant === undefined
      ? `there is ${known.map((one) => `'${one}'`).join(", ")}`
      : `did you mean '${meant}'?`;
  return `the platform has no environment '${name}'; ${hint}`;
}

function readTypes(node: unknown, place: ReadingPlace): readonly WrittenGiven[] {
  const { path, environment, document, lineOf, report } = place;
  return entriesOf(node, () => report(node, SHAPE)).flatMap((type) => {
    if (!isSeq(type.value)) return report(type.node, `'${path}.${type.key}' must be a list: - { name: ... }`);
    return type.value.items.flatMap((item): readonly WrittenGiven[] => {
      if (!isMap(item) || item.items.length === 0)
        return report(
          item ?? type.node,
          `each of '${path}.${type.key}' must be a map of attributes: - { name: ... }`,
        );
      const attributes = item.toJS(document) as ValueRecord;
      return [
        {
          typeName: type.key,
          attributes,
          ...(environment !== undefined && { environment }),
          line: lineOf(item),
        },
      ];
    });
  });
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
