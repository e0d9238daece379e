import { invariant } from "../diagnostics/invariant.ts";
import { type AlignedPair, alignLists } from "./align-lists.ts";
import { parseJson } from "./json.ts";
import { inlineValue } from "./inline-value.ts";
import { mergeValue } from "./merge-value.ts";
import type { PlanLine, PlanTone } from "./plan-line.ts";
import { cutLine, keyText } from "./quote-text.ts";
import { sameValue } from "./same-value.ts";
import { type ListValue, type MapValue, NULL_VALUE, type PartialValue, isNull } from "./value.ts";

type Path = readonly (string | number)[];

/** A value on its way from before to after, at a place in the rendering. */
export interface RenderedChange {
  readonly before: PartialValue;
  readonly after: PartialValue;
  readonly path: Path;
  /** What stands between the sign and the value: `bucket = `. */
  readonly label: string;
  readonly indent: number;
  /** What stands behind the value: a comma in lists. */
  readonly end: string;
  readonly forcesReplacement: (path: Path) => boolean;
  /** Attributes that go from nothing to nothing (null, "", [], {}) say nothing where the whole object is new or gone. */
  readonly hidesEmpty: boolean;
  /** Whether an attribute that is new and wholly unknown may be folded, by its name. */
  readonly isComputed?: (name: string) => boolean;
}

type Sign = "+" | "-" | "~" | " ";

const TONES: Readonly<Record<Sign, PlanTone>> = { "+": "add", "-": "destroy", "~": "change", " ": "plain" };
const MOST_ELEMENTS = 50;

/** The lines of one changed value. Secrets show as `(sensitive value)`, what is unknown as `(known after apply)`. */
export function renderValue(change: RenderedChange): readonly PlanLine[] {
  const { before, after } = change;
  const sign = signOf(before, after);
  if (before.sensitive || after.sensitive) return [line(change, sign, "(sensitive value)")];
  const shown = sign === "-" ? before : after;
  if (sign !== "~") return renderNested(change, sign, shown);
  if (before.kind === "map" && after.kind === "map") return renderMap(change, sign, before, after);
  if (before.kind === "list" && after.kind === "list") return renderList(change, sign, before, after);
  const [oldText, newText] = [textIn(before), textIn(after)];
  if (oldText !== undefined && newText !== undefined) return renderText(change, sign, oldText, newText);
  return [line(change, sign, `${inlineValue(before)} -> ${inlineValue(after)}`)];
}

/** The attributes of an object, one below the other, and how many were left out because they stay as they are. */
export function renderEntries(
  entries: { readonly before: MapValue; readonly after: MapValue },
  place: Pick<RenderedChange, "path" | "indent" | "forcesReplacement" | "hidesEmpty" | "isComputed">,
): readonly PlanLine[] {
  const { before, after } = entries;
  const keys = [...new Set([...before.entries.keys(), ...after.entries.keys()])].sort();
  const pairs = keys.map((key) => ({
    key,
    before: before.entries.get(key) ?? NULL_VALUE,
    after: after.entries.get(key) ?? NULL_VALUE,
  }));
  const isHidden = (pair: (typeof pairs)[number]): boolean =>
    sameValue(pair.before, pair.after) || (place.hidesEmpty && isEmpty(pair.before) && isEmpty(pair.after));
  const visible = pairs.filter((pair) => !isHidden(pair));
  const hidden = pairs.filter((pair) => isHidden(pair) && !isEmpty(pair.after)).length;
  const width = Math.max(0, ...visible.map(({ key }) => keyText(key).length));
  return [
    ...visible.flatMap(({ key, before, after }) => {
      const label = `${keyText(key).padEnd(width)} = `;
      const lines = renderValue({ ...place, before, after, path: [...place.path, key], label, end: "" });
      const isLater = place.isComputed?.(key) === true && isNull(before) && isWhollyUnknown(after);
      return isLater ? asLater(lines) : lines;
    }),
    ...remark(place.indent, hidden, "unchanged attribute"),
  ];
}

/** Lines that a report may fold as one attribute. */
export function asLater(lines: readonly PlanLine[]): readonly PlanLine[] {
  return lines.map((line, at) => ({ ...line, later: at === 0 ? 1 : 0 }));
}

/** Whether nothing of a value is known, down to its elements. */
export function isWhollyUnknown(value: PartialValue): boolean {
  if (value.sensitive) return false;
  if (value.kind === "list") return value.items.length > 0 && value.items.every(isWhollyUnknown);
  if (value.kind === "map")
    return value.entries.size > 0 && [...value.entries.values()].every(isWhollyUnknown);
  return value.kind === "unknown";
}

function isEmpty(value: PartialValue): boolean {
  if (value.kind === "list") return value.items.length === 0;
  if (value.kind === "map") return value.entries.size === 0;
  return value.kind === "scalar" && (value.value === null || value.value === "");
}

function signOf(before: PartialValue, after: PartialValue): Sign {
  if (isNull(before) && !before.sensitive) return "+";
  if (isNull(after) && !after.sensitive) return "-";
  return sameValue(before, after) ? " " : "~";
}

function line(change: RenderedChange, sign: Sign, content: string, end = change.end): PlanLine {
  const forced = change.forcesReplacement(change.path) ? " # forces replacement" : "";
  const text = `${" ".repeat(change.indent)}${sign} ${change.label}${content}${end}${forced}`;
  return { text, tone: TONES[sign] };
}

function closing(change: RenderedChange, sign: Sign, bracket: string): PlanLine {
  return { text: `${" ".repeat(change.indent + 2)}${bracket}${change.end}`, tone: TONES[sign] };
}

function remark(indent: number, count: number, what: string): readonly PlanLine[] {
  if (count === 0) return [];
  const text = `${" ".repeat(indent + 2)}# (${count} ${what}${count === 1 ? "" : "s"} hidden)`;
  return [{ text, tone: "muted" }];
}

const EMPTY_MAP: MapValue = { kind: "map", entries: new Map() };
const EMPTY_LIST: ListValue = { kind: "list", items: [] };

function renderNested(change: RenderedChange, sign: Sign, value: PartialValue): readonly PlanLine[] {
  const isGone = sign === "-";
  const text = textIn(value);
  if (text !== undefined) return renderText(change, sign, isGone ? text : "", isGone ? "" : text);
  if (sign === " ") return [line(change, sign, inlineValue(value))];
  if (value.kind === "map") {
    return isGone ? renderMap(change, sign, value, EMPTY_MAP) : renderMap(change, sign, EMPTY_MAP, value);
  }
  if (value.kind === "list") {
    return isGone ? renderList(change, sign, value, EMPTY_LIST) : renderList(change, sign, EMPTY_LIST, value);
  }
  return [line(change, sign, inlineValue(value))];
}

function renderMap(
  change: RenderedChange,
  sign: Sign,
  before: MapValue,
  after: MapValue,
): readonly PlanLine[] {
  if (before.entries.size + after.entries.size === 0) return [line(change, sign, "{}")];
  const entries = renderEntries({ before, after }, { ...change, indent: change.indent + 4 });
  return [line(change, sign, "{", ""), ...entries, closing(change, sign, "}")];
}

function renderList(
  change: RenderedChange,
  sign: Sign,
  before: ListValue,
  after: ListValue,
): readonly PlanLine[] {
  if (before.items.length + after.items.length === 0) return [line(change, sign, "[]")];
  const pairs = alignLists(before.items, after.items, sameValue);
  const changed = pairs.filter((pair) => !pair.isSame);
  const shown = changed.slice(0, MOST_ELEMENTS);
  const indent = change.indent + 4;
  return [
    line(change, sign, "[", ""),
    ...shown.flatMap((pair) => renderElement(change, pair, after.items)),
    ...remark(indent, changed.length - shown.length, "more changed element"),
    ...remark(indent, pairs.length - changed.length, "unchanged element"),
    closing(change, sign, "]"),
  ];
}

function renderElement(
  change: RenderedChange,
  pair: AlignedPair<PartialValue>,
  items: readonly PartialValue[],
): readonly PlanLine[] {
  const { before, after } = pair;
  const position = after === undefined ? -1 : items.indexOf(after);
  const place = {
    ...change,
    path: [...change.path, position],
    label: "",
    indent: change.indent + 4,
    end: ",",
  };
  if (before === undefined || after === undefined) return renderWholeElement(place, before, after);
  return renderValue({ ...place, before, after });
}

/** An element that is null is there nonetheless, unlike an attribute that is null. */
function renderWholeElement(
  place: Omit<RenderedChange, "before" | "after">,
  before: PartialValue | undefined,
  after: PartialValue | undefined,
): readonly PlanLine[] {
  const element = before ?? after;
  invariant(element, "an element that neither was nor will be there is rendered");
  const change = { ...place, before: before ?? NULL_VALUE, after: after ?? NULL_VALUE };
  return isNull(element) && !element.sensitive
    ? [line(change, before ? "-" : "+", "null")]
    : renderValue(change);
}

/** The text of a string that deserves more than one line: JSON or several lines. */
function textIn(value: PartialValue): string | undefined {
  if (value.kind !== "scalar" || typeof value.value !== "string") return undefined;
  return value.value.includes("\n") || jsonIn(value.value) ? value.value : undefined;
}

function jsonIn(text: string): MapValue | ListValue | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value = mergeValue({ value: parseJson(text) });
    return value.kind === "map" || value.kind === "list" ? value : undefined;
  } catch {
    return undefined;
  }
}

function renderText(change: RenderedChange, sign: Sign, before: string, after: string): readonly PlanLine[] {
  const [oldJson, newJson] = [jsonIn(before), jsonIn(after)];
  const isJson = (oldJson ?? before === "") && (newJson ?? after === "");
  if (!isJson) return renderLines(change, sign, before, after);
  const inner = {
    before: oldJson ?? NULL_VALUE,
    after: newJson ?? NULL_VALUE,
    path: [],
    label: "",
    indent: change.indent + 4,
    end: "",
    forcesReplacement: () => false,
    hidesEmpty: false,
  };
  const isOnlyReformatted = oldJson && newJson && sameValue(oldJson, newJson);
  const note: PlanLine = {
    text: `${" ".repeat(change.indent + 6)}# (only white space differs)`,
    tone: "muted",
  };
  const body = isOnlyReformatted ? [note] : renderValue(inner);
  return [line(change, sign, "jsonencode(", ""), ...body, closing(change, sign, ")")];
}

function renderLines(change: RenderedChange, sign: Sign, before: string, after: string): readonly PlanLine[] {
  const pairs = alignLists(linesOf(before), linesOf(after), (left, right) => left === right);
  const indent = " ".repeat(change.indent + 4);
  const written = (mark: Sign, text: string): PlanLine => ({
    text: `${indent}${mark} ${cutLine(text)}`,
    tone: TONES[mark],
  });
  const changed = pairs.filter((pair) => !pair.isSame);
  const body = changed
    .slice(0, MOST_ELEMENTS)
    .flatMap((pair) => [
      ...(pair.before === undefined ? [] : [written("-", pair.before)]),
      ...(pair.after === undefined ? [] : [written("+", pair.after)]),
    ]);
  return [
    line(change, sign, "<<-EOT", ""),
    ...body,
    ...remark(change.indent + 4, Math.max(0, changed.length - MOST_ELEMENTS), "more changed line"),
    ...remark(change.indent + 4, pairs.length - changed.length, "unchanged line"),
    closing(change, sign, "EOT"),
  ];
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.split("\n");
}
