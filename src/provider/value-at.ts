import { isRecord } from "./is-record.ts";
import { DynamicRecord, UNKNOWN, type Value } from "./value.ts";

/** What stands at a path such as `metadata.name`; of a list without an index its first element; null where nothing is. */
export function valueAt(value: Value | undefined, path: string): Value {
  return path.split(".").reduce<Value>(step, value ?? null);
}

function step(value: Value, name: string): Value {
  if (value === UNKNOWN) return UNKNOWN;
  if (value instanceof DynamicRecord) return step(value.value, name);
  if (Array.isArray(value)) {
    return /^\d+$/.test(name) ? (value[Number(name)] ?? null) : step(value[0] ?? null, name);
  }
  return isRecord(value) && Object.hasOwn(value, name) ? value[name]! : null;
}
