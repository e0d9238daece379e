import { invariant } from "../diagnostics/invariant.ts";
import { type Json, isJsonList, isJsonMap, isJsonNumber } from "./json.ts";
import { elementsOf, memberOf, membersOf } from "./read-json.ts";
import { NULL_VALUE, type PartialValue } from "./value.ts";

/** The three trees that Terraform prints for one value: what is known, what is not, what is secret. */
export interface ValueParts {
  readonly value: Json | undefined;
  readonly unknown?: Json | undefined;
  readonly sensitive?: Json | undefined;
}

/**
 * One value from its three trees. What is unknown comes first: it is missing from objects, null in arrays,
 * and where all is unknown there is no value at all.
 */
export function mergeValue(parts: ValueParts): PartialValue {
  const merged = merge(parts);
  return parts.sensitive === true ? { ...merged, sensitive: true } : merged;
}

function merge({ value, unknown, sensitive }: ValueParts): PartialValue {
  if (unknown === true) return { kind: "unknown" };
  const isLeftOut = (value === undefined || value === null) && holdsUnknown(unknown);
  if (isJsonMap(value) || (isLeftOut && isJsonMap(unknown))) return mergeMap({ value, unknown, sensitive });
  if (isJsonList(value) || isLeftOut) return mergeList({ value, unknown, sensitive });
  if (value === undefined) return NULL_VALUE;
  if (isJsonNumber(value)) return { kind: "number", digits: value.digits };
  invariant(typeof value !== "object" || value === null, "a plan holds a value of no known kind");
  return { kind: "scalar", value };
}

function mergeMap({ value, unknown, sensitive }: ValueParts): PartialValue {
  const keys = new Set(membersOf(value).keys());
  for (const [key, flag] of membersOf(unknown)) if (holdsUnknown(flag)) keys.add(key);
  const entries = new Map<string, PartialValue>();
  for (const key of keys) {
    const parts = {
      value: memberOf(value, key),
      unknown: memberOf(unknown, key),
      sensitive: memberOf(sensitive, key),
    };
    entries.set(key, mergeValue(parts));
  }
  return { kind: "map", entries };
}

function mergeList({ value, unknown, sensitive }: ValueParts): PartialValue {
  const [values, unknowns, marks] = [elementsOf(value), elementsOf(unknown), elementsOf(sensitive)];
  const length = Math.max(values.length, unknowns.length);
  const items = Array.from({ length }, (_, at) =>
    mergeValue({ value: values[at], unknown: unknowns[at], sensitive: marks[at] }),
  );
  return { kind: "list", items };
}

function holdsUnknown(flags: Json | undefined): boolean {
  if (flags === true) return true;
  if (isJsonList(flags)) return flags.some(holdsUnknown);
  return isJsonMap(flags) && [...flags.values()].some(holdsUnknown);
}
