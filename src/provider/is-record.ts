import { DynamicRecord, type Value } from "./value.ts";

export type ValueRecord = { readonly [name: string]: Value };

/** Whether a value is a map, an object or a block, and known as such. */
export function isRecord(value: Value | undefined): value is ValueRecord {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof DynamicRecord)
  );
}
