import { isRecord } from "./is-record.ts";
import { parseNumber } from "./parse-number.ts";
import type { CtyType } from "./provider-schema.ts";
import { DynamicRecord, UNKNOWN, type Value } from "./value.ts";

/**
 * What a type makes of a value or of JSON: names that it does not know are dropped, missing ones are null, and what
 * a later version of a provider writes in another way (a number as text, one object in a list) is rewritten.
 */
export function conformValue(type: CtyType, raw: unknown): Value {
  if (raw === UNKNOWN) return UNKNOWN;
  if (raw === null || raw === undefined) return null;
  if (type === "dynamic") return conformDynamic(raw);
  const plain = raw instanceof DynamicRecord ? raw.value : raw;
  if (type === "string") return typeof plain === "object" ? null : String(plain);
  if (type === "number") return parseNumber(plain) ?? null;
  if (type === "bool")
    return plain === true || plain === "true" ? true : plain === false || plain === "false" ? false : null;
  switch (type[0]) {
    case "list":
    case "set":
      return asList(plain).map((item) => conformValue(type[1], item));
    case "tuple":
      return type[1].map((item, at) => conformValue(item, asList(plain)[at]));
    case "map":
      return conformMap(type[1], plain);
    case "object":
      return conformObject(type[1], plain);
  }
}

function conformMap(type: CtyType, raw: unknown): Value {
  const record = asRecord(raw);
  if (record === undefined) return Array.isArray(raw) && raw.length === 0 ? {} : null;
  return Object.fromEntries(Object.entries(record).map(([name, item]) => [name, conformValue(type, item)]));
}

function conformObject(types: Readonly<Record<string, CtyType>>, raw: unknown): Value {
  const record = asRecord(raw);
  if (record === undefined) return null;
  return Object.fromEntries(
    Object.entries(types).map(([name, type]) => [name, conformValue(type, ownValue(record, name))]),
  );
}

/** In a state's JSON a dynamic value is written with its type. */
function conformDynamic(raw: unknown): Value {
  if (raw instanceof DynamicRecord) return raw;
  const record = asRecord(raw);
  const isTyped = record !== undefined && Object.keys(record).sort().join() === "type,value";
  if (isTyped && !Array.isArray(raw)) {
    const type = record["type"] as CtyType;
    return new DynamicRecord(type, conformValue(type, record["value"]));
  }
  const type = typeOf(raw);
  return new DynamicRecord(type, conformValue(type, raw));
}

function typeOf(raw: unknown): CtyType {
  if (typeof raw === "string") return "string";
  if (typeof raw === "boolean") return "bool";
  if (parseNumber(raw) !== undefined) return "number";
  if (Array.isArray(raw)) return ["tuple", raw.map(typeOf)];
  const record = asRecord(raw);
  if (record === undefined) return "dynamic";
  return ["object", Object.fromEntries(Object.entries(record).map(([name, item]) => [name, typeOf(item)]))];
}

/** A record as it is; of a list, as blocks of which there is one are often written, the first. */
export function asRecord(raw: unknown): Readonly<Record<string, unknown>> | undefined {
  if (Array.isArray(raw)) return raw.length === 1 ? asRecord(raw[0]) : undefined;
  return isRecord(raw as Value) ? (raw as Readonly<Record<string, unknown>>) : undefined;
}

/** A list as it is; what is none is a list of one. */
export function asList(raw: unknown): readonly unknown[] {
  if (raw === null || raw === undefined) return [];
  return Array.isArray(raw) ? raw : [raw];
}

function ownValue(record: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
