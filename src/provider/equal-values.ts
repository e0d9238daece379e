import { isRecord } from "./is-record.ts";
import { DynamicRecord, type Value } from "./value.ts";

/** Whether two values are known to be the same; what is unknown is the same as nothing, not even as itself. */
export function equalValues(left: Value, right: Value): boolean {
  if (typeof left === "symbol" || typeof right === "symbol") return false;
  if (isNumeric(left) && isNumeric(right)) return String(left) === String(right);
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false;
    return left.every((item: Value, at) => equalValues(item, right[at] as Value));
  }
  if (left instanceof DynamicRecord) {
    return right instanceof DynamicRecord && equalValues(left.value, right.value);
  }
  if (!isRecord(left) || !isRecord(right)) return left === right;
  const names = Object.keys(left);
  if (names.length !== Object.keys(right).length) return false;
  return names.every((name) => Object.hasOwn(right, name) && equalValues(left[name]!, right[name]!));
}

function isNumeric(value: Value): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}
