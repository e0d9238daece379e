import { DynamicRecord, UNKNOWN, type Value } from "./value.ts";

/** Whether any part of a value is unknown. */
export function containsUnknown(value: Value): boolean {
  if (value === UNKNOWN) return true;
  if (value instanceof DynamicRecord) return containsUnknown(value.value);
  return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}
