import { isNull, type PartialValue } from "./value.ts";

/**
 * One side of a change with the marks of the other side too: Terraform forgets those of what lies in the state.
 * An element of a list takes those of every element over there, since they move about.
 * That nothing was or will be there is no secret.
 */
export function shareMarks(value: PartialValue, other: PartialValue): PartialValue {
  const marks = marksOf(other);
  return marks === undefined ? value : withMarks(value, marks);
}

/** What is marked: all of it, or something of what is in it. */
type Marks = "all" | { readonly element?: Marks; readonly entries: ReadonlyMap<string, Marks> };

function marksOf(value: PartialValue): Marks | undefined {
  if (value.sensitive) return "all";
  if (value.kind === "list") {
    const element = value.items.map(marksOf).reduce(joinMarks, undefined);
    return element && { element, entries: new Map() };
  }
  if (value.kind !== "map") return undefined;
  const entries = [...value.entries].flatMap(([key, entry]) => {
    const marks = marksOf(entry);
    return marks === undefined ? [] : [[key, marks] as const];
  });
  return entries.length === 0 ? undefined : { entries: new Map(entries) };
}

function joinMarks(left: Marks | undefined, right: Marks | undefined): Marks | undefined {
  if (left === undefined || right === "all") return right;
  if (right === undefined || left === "all") return left;
  const element = joinMarks(left.element, right.element);
  const entries = new Map(left.entries);
  for (const [key, marks] of right.entries)
    entries.set(key, joinMarks(left.entries.get(key), marks) ?? marks);
  return { ...(element && { element }), entries };
}

function withMarks(value: PartialValue, marks: Marks): PartialValue {
  if (isNull(value)) return value;
  if (marks === "all") return { ...value, sensitive: true };
  const { element, entries } = marks;
  if (value.kind === "list" && element)
    return { ...value, items: value.items.map((item) => withMarks(item, element)) };
  if (value.kind !== "map") return value;
  const marked = [...value.entries].map(([key, entry]) => {
    const its = entries.get(key);
    return [key, its === undefined ? entry : withMarks(entry, its)] as const;
  });
  return { ...value, entries: new Map(marked) };
}
