import { position } from "../source/position.ts";
import type { SpecNode } from "../spec/node.ts";
import { MODULE_DEFAULT, PLATC_DEFAULT } from "../stacks/default-sayings.ts";
import type { ExplainedValue, Explanation } from "../stacks/explain-stack.ts";
import type { Saying } from "../stacks/layered-values.ts";
import type { Stack } from "../stacks/stack.ts";
import { isComputed, isList, isMap, type Value } from "../templates/value.ts";
import type { Paint } from "../text/paint.ts";
import { harmless } from "../text/terminal-text.ts";
import { describeKnownValue } from "./describe-known-value.ts";

/** Wider than the rule that refuses secrets in a spec: what passes there by its name is not shown here. */
const SECRET_NAME =
  /(^|[_-]|[a-z](?=[A-Z]))(passw(or)?d|passphrase|token|credentials?|secret|private_?key|access_?key(_?id)?|secret_?key|api_?key|authorization)$/i;
const HIDDEN = "(hidden)";
const REFERENCE = /^\{\{\s*(?:var|outputs)\.[^{}]*\}\}$/;
const LONGEST = 60;

type Explained = Extract<Explanation, { readonly status: "ok" }>;

/** One value as `platc explain --json` prints it; what is hidden stands as `(hidden)`. */
export interface JsonExplainedValue {
  readonly path: string;
  readonly value: string;
  readonly hidden: boolean;
  readonly note?: string;
  readonly layers: readonly {
    readonly origin: string;
    readonly place?: string;
    readonly said: string;
    readonly counts: boolean;
  }[];
}

export function explanationToJson({ values, all }: Explained): readonly JsonExplainedValue[] {
  const shown = showing(all);
  return values.map((one) => {
    const layer = (saying: Saying, counts: boolean): JsonExplainedValue["layers"][number] => {
      const place = placeOf(saying);
      return {
        origin: saying.origin,
        ...(place !== "" && { place }),
        said: saidText(one, saying, shown),
        counts,
      };
    };
    return {
      path: one.path.join("."),
      value: valueText(one, shown),
      hidden: isSecret(one),
      ...(one.note !== undefined && { note: one.note }),
      layers: [...one.beaten.map((saying) => layer(saying, false)), layer(one.winner, true)],
    };
  });
}

/** Every value with the place that says it; of a single one, also what it beat. */
export function renderExplanation(stack: Stack, { values, all }: Explained, paint: Paint): string {
  const shown = showing(all);
  const [only, second] = values;
  if (only && !second) return renderOne(stack, only, shown, paint);
  const rows = values.map((one) => {
    const beaten =
      one.beaten.length === 0
        ? ""
        : `, beats ${[...new Set(one.beaten.map((saying) => saying.origin))].join(", ")}`;
    return [
      one.path.join("."),
      shorten(valueText(one, shown)),
      `${placeOf(one.winner)}  ${one.winner.origin}${beaten}${one.note === undefined ? "" : `; ${one.note}`}`.trim(),
    ];
  });
  const widths = [0, 1].map((column) =>
    Math.min(LONGEST, Math.max(...rows.map((row) => row[column]?.length ?? 0))),
  );
  const lines = rows.map(([path = "", value = "", source = ""]) =>
    `${path.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${paint(source, "dim")}`.trimEnd(),
  );
  return `${paint(stack.address, "bold")}\n${lines.join("\n")}\n`;
}

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 3)}...`;
}

function renderOne(stack: Stack, one: ExplainedValue, shown: Shown, paint: Paint): string {
  const rows = [one.winner, ...[...one.beaten].reverse()].map((saying, index) => [
    index === 0 ? "counts" : "beaten",
    placeOf(saying) || "-",
    saying.origin,
    saidText(one, saying, shown),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row, index) => {
    const line = row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
    return `  ${index === 0 ? line : paint(line, "dim")}`;
  });
  const note = one.note === undefined ? "" : `\n  ${one.note}`;
  return `${paint(`${stack.address}  ${one.path.join(".")}`, "bold")}\n  ${valueText(one, shown)}${note}\n\n${lines.join("\n")}\n`;
}

function valueText(one: ExplainedValue, shown: Shown): string {
  const { value, winner } = one;
  if (winner.node.kind === "unset") return "(removed)";
  if (value === undefined) return saidText(one, winner, shown);
  return isSecret(one) ? HIDDEN : shown(describeKnownValue(value));
}

type Shown = (text: string) => string;

/** Shows text with every secret of the stack taken out. */
function showing(values: readonly ExplainedValue[]): Shown {
  const secrets = values.filter(isSecret).flatMap(({ value }) => (value === undefined ? [] : textsIn(value)));
  return (text) => harmless(secrets.reduce((left, secret) => left.replaceAll(secret, HIDDEN), text));
}

function isGuarded({ path, isSensitive }: ExplainedValue): boolean {
  return isSensitive || path.some((step) => SECRET_NAME.test(step));
}

/** A reference holds no secret, only the name of one. */
function isSecret(one: ExplainedValue): boolean {
  const { value } = one;
  if (!isGuarded(one) || typeof value === "boolean" || value === null || value === undefined) return false;
  return !isComputed(value) || value.parts.some((part) => typeof part === "string");
}

function saidText(one: ExplainedValue, { node }: Saying, shown: Shown): string {
  const isReference = node.kind === "scalar" && REFERENCE.test(String(node.value));
  return isGuarded(one) && node.kind !== "unset" && !isReference ? HIDDEN : shown(describeNode(node));
}

function textsIn(value: Value): readonly string[] {
  if (isMap(value)) return [...value.values()].flatMap(textsIn);
  if (isList(value)) return value.flatMap(textsIn);
  return typeof value === "string" && value.length >= 4 ? [value] : [];
}

function describeNode(node: SpecNode): string {
  switch (node.kind) {
    case "scalar":
      return typeof node.value === "bigint"
        ? String(node.value)
        : `${node.isRaw && node.range.end > node.range.start ? "!raw " : ""}${JSON.stringify(node.value)}`;
    case "list":
      return `[${node.items.map(describeNode).join(", ")}]`;
    case "unset":
      return "!unset";
    case "map": {
      const entries = [...node.entries].map(
        ([key, entry]) => `${JSON.stringify(key)}: ${describeNode(entry.value)}`,
      );
      return `${node.replaces ? "!replace " : ""}${entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`}`;
    }
  }
}

function placeOf({ origin, node: { range } }: Saying): string {
  if (origin === PLATC_DEFAULT) return "";
  if (origin === MODULE_DEFAULT) return range.file.path;
  const { line, column } = position(range.file, range.start);
  return `${range.file.path}:${line}:${column}`;
}
