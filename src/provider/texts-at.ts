import { isRecord } from "./is-record.ts";
import { DynamicRecord, UNKNOWN, type Value } from "./value.ts";

/** Every text at a path such as `vpc_config.subnet_ids`, in all elements of the lists on the way; none where it is not known. */
export function textsAt(value: Value | undefined, path: string): readonly string[] {
  return collect(value ?? null, path.split("."));
}

function collect(value: Value, path: readonly string[]): readonly string[] {
  if (value === UNKNOWN || value === null) return [];
  if (value instanceof DynamicRecord) return collect(value.value, path);
  if (Array.isArray(value)) return value.flatMap((element: Value) => collect(element, path));
  const [name, ...rest] = path;
  if (name === undefined) return typeof value === "string" && value !== "" ? [value] : [];
  return isRecord(value) && Object.hasOwn(value, name) ? collect(value[name]!, rest) : [];
}
