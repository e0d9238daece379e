import { invariant } from "../diagnostics/invariant.ts";
import type { CtyType } from "../provider/provider-schema.ts";
import { DynamicRecord, UNKNOWN, type Value } from "../provider/value.ts";
import { decimalText, parseExactNumber } from "../provider/exact-number.ts";

/** A value as plain JSON: numbers that JSON would change are text, a dynamic value is `{type, value}`. */
export function storeValue(value: Value): unknown {
  invariant(value !== UNKNOWN, "A value that is to be stored is unknown");
  if (typeof value === "bigint") return decimalText(value);
  if (value === null || typeof value !== "object") return value;
  if (value instanceof DynamicRecord) return { type: value.dynamicType, value: storeValue(value.value) };
  if (Array.isArray(value)) return value.map((element) => storeValue(element as Value));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, storeValue(member)]));
}

/** The value of a type from JSON; undefined where the JSON is of another type, as of another provider version. */
export function restoreValue(type: CtyType, stored: unknown): Value | undefined {
  if (stored === null) return null;
  if (typeof type === "string") return restoreScalar(type, stored);
  switch (type[0]) {
    case "list":
    case "set":
      return restoreAll(stored, () => type[1]);
    case "tuple":
      return restoreAll(stored, (at) => type[1][at]);
    case "map":
      return restoreMembers(stored, Object.keys(isRecord(stored) ? stored : {}), () => type[1]);
    case "object":
      return restoreMembers(stored, Object.keys(type[1]), (name) => type[1][name]);
  }
}

function restoreScalar(type: string, stored: unknown): Value | undefined {
  switch (type) {
    case "string":
      return typeof stored === "string" ? stored : undefined;
    case "bool":
      return typeof stored === "boolean" ? stored : undefined;
    case "number":
      if (typeof stored === "number") return stored;
      return typeof stored === "string" ? parseExactNumber(stored) : undefined;
    default: {
      if (!isRecord(stored)) return undefined;
      const dynamicType = stored["type"] as CtyType;
      const value = restoreValue(dynamicType, stored["value"]);
      return value === undefined ? undefined : new DynamicRecord(dynamicType, value);
    }
  }
}

function restoreAll(stored: unknown, typeAt: (at: number) => CtyType | undefined): Value | undefined {
  if (!Array.isArray(stored)) return undefined;
  const values: Value[] = [];
  for (const [at, element] of stored.entries()) {
    const type = typeAt(at);
    const value = type === undefined ? undefined : restoreValue(type, element);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function restoreMembers(
  stored: unknown,
  names: readonly string[],
  typeOf: (name: string) => CtyType | undefined,
): Value | undefined {
  if (!isRecord(stored) || Object.keys(stored).length !== names.length) return undefined;
  const members: [string, Value][] = [];
  for (const name of names) {
    const type = typeOf(name);
    const value =
      type === undefined || !Object.hasOwn(stored, name) ? undefined : restoreValue(type, stored[name]);
    if (value === undefined) return undefined;
    members.push([name, value]);
  }
  return Object.fromEntries(members);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
