import type { ApprovedValue } from "./approval.ts";
import { canonicalNumber } from "./canonical-number.ts";
import { matchAll } from "./match-all.ts";

/** Where two values differ; a missing side was not there at all. */
export interface ValueDifference {
  readonly path: readonly (string | number)[];
  readonly approved?: ApprovedValue;
  readonly actual?: ApprovedValue;
}

/**
 * Where the actual value is not covered by the approved one, in which an unknown covers anything.
 * Elements are compared in order; where that fails and something was unknown, as a multiset: the order of a set
 * depends on its values. A list that was wholly known must keep its order, since even a set then keeps its own.
 */
export function compareValues(approved: ApprovedValue, actual: ApprovedValue): readonly ValueDifference[] {
  if (approved.kind === "unknown") return [];
  if (approved.kind === "list" && actual.kind === "list") {
    return compareLists(approved, actual);
  }
  if (approved.kind === "map" && actual.kind === "map" && approved.hashedKeys === actual.hashedKeys) {
    return compareMaps(approved, actual);
  }
  return isSameLeaf(approved, actual) ? [] : [{ path: [], approved, actual }];
}

type ListOf<Value> = Extract<Value, { kind: "list" }>;
type MapOf<Value> = Extract<Value, { kind: "map" }>;

function compareLists(
  approved: ListOf<ApprovedValue>,
  actual: ListOf<ApprovedValue>,
): readonly ValueDifference[] {
  if (approved.items.length !== actual.items.length) return [{ path: [], approved, actual }];
  const inOrder = approved.items.flatMap((item, at) => {
    const other = actual.items[at];
    return other === undefined ? [] : compareValues(item, other).map((difference) => below(at, difference));
  });
  if (inOrder.length === 0 || !holdsUnknown(approved)) return inOrder;
  const covers = (left: ApprovedValue, right: ApprovedValue): boolean =>
    compareValues(left, right).length === 0;
  return matchAll(approved.items, actual.items, covers) ? [] : inOrder;
}

function compareMaps(
  approved: MapOf<ApprovedValue>,
  actual: MapOf<ApprovedValue>,
): readonly ValueDifference[] {
  const keys = new Set([...approved.entries.keys(), ...actual.entries.keys()]);
  return [...keys].flatMap((key) => {
    const [left, right] = [approved.entries.get(key), actual.entries.get(key)];
    const name = approved.hashedKeys ? "(sensitive)" : key;
    if (left && right) return compareValues(left, right).map((difference) => below(name, difference));
    return [{ path: [name], ...(left ? { approved: left } : {}), ...(right ? { actual: right } : {}) }];
  });
}

function below(step: string | number, difference: ValueDifference): ValueDifference {
  return { ...difference, path: [step, ...difference.path] };
}

function isSameLeaf(approved: ApprovedValue, actual: ApprovedValue): boolean {
  if (approved.kind === "scalar" && actual.kind === "scalar") return approved.value === actual.value;
  if (approved.kind === "hash" && actual.kind === "hash") return approved.hash === actual.hash;
  if (approved.kind !== "number" || actual.kind !== "number") return false;
  return canonicalNumber(approved.digits) === canonicalNumber(actual.digits);
}

function holdsUnknown(value: ApprovedValue): boolean {
  if (value.kind === "list") return value.items.some(holdsUnknown);
  if (value.kind === "map") return [...value.entries.values()].some(holdsUnknown);
  return value.kind === "unknown";
}
