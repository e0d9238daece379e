import { canonicalNumber } from "./canonical-number.ts";
import type { PartialValue } from "./value.ts";

/** Whether two values are known to be the same. What is unknown is the same as nothing, not even as another unknown. */
export function sameValue(left: PartialValue, right: PartialValue): boolean {
  if (left.kind === "scalar" && right.kind === "scalar") return left.value === right.value;
  if (left.kind === "number" && right.kind === "number") {
    return left.digits === right.digits || canonicalNumber(left.digits) === canonicalNumber(right.digits);
  }
  if (left.kind === "list" && right.kind === "list") {
    if (left.items.length !== right.items.length) return false;
    return left.items.every((item, at) => sameOrMissing(item, right.items[at]));
  }
  if (left.kind !== "map" || right.kind !== "map" || left.entries.size !== right.entries.size) return false;
  return [...left.entries].every(([key, entry]) => sameOrMissing(entry, right.entries.get(key)));
}

function sameOrMissing(left: PartialValue, right: PartialValue | undefined): boolean {
  return right !== undefined && sameValue(left, right);
}
