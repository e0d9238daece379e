import { canonicalText } from "./canonical-text.ts";
import { containsUnknown } from "./contains-unknown.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import { nestedObject, type NestedObject } from "./nested-object.ts";
import type { AttributeSchema, BlockSchema, CtyType } from "./provider-schema.ts";
import { DynamicRecord, UNKNOWN, type Value } from "./value.ts";

/** What stands in the place of an unknown. */
export interface Fillings {
  /** `path` names attributes and blocks; `element` tells places of the same path apart. */
  readonly attribute: (attribute: AttributeSchema, path: readonly string[], element: string) => Value;
  /** Within a plain type. */
  readonly value: (type: CtyType, path: readonly string[], element: string) => Value;
}

interface Place {
  readonly path: readonly string[];
  readonly element: string;
}

/** An object with every unknown in it replaced, and nothing else: what was planned and known comes back the same. */
export function fillObject(
  block: BlockSchema,
  planned: ValueRecord,
  fillings: Fillings,
  place: Place = { path: [], element: "" },
): ValueRecord {
  return Object.fromEntries([
    ...[...block.attributes].map(([name, attribute]) => [
      name,
      fillAttribute(attribute, planned[name] ?? null, fillings, within(place, name)),
    ]),
    ...[...block.blocks].map(([name, nested]) => [
      name,
      fillNested(nested, planned[name] ?? null, fillings, within(place, name)),
    ]),
  ]);
}

function fillAttribute(attribute: AttributeSchema, value: Value, fillings: Fillings, place: Place): Value {
  if (attribute.isWriteOnly) return null;
  if (value === UNKNOWN) return fillings.attribute(attribute, place.path, place.element);
  if (!containsUnknown(value)) return value;
  const nested = nestedObject(attribute);
  if (nested !== undefined) return fillNested(nested, value, fillings, place);
  return attribute.type.kind === "plain" ? fillPlain(attribute.type.type, value, fillings, place) : value;
}

function fillNested({ mode, block }: NestedObject, value: Value, fillings: Fillings, place: Place): Value {
  if (value === UNKNOWN) return emptyOf({ mode, block }, fillings, place);
  const fill = (item: Value, element: string): Value =>
    isRecord(item) || item === UNKNOWN
      ? fillObject(block, isRecord(item) ? item : {}, fillings, withElement(place, element))
      : item;
  if (mode === "single" || mode === "group") return fill(value, "");
  // An element of a set has no place, only what is known of it.
  if (Array.isArray(value)) {
    return value.map((item: Value, at) => fill(item, mode === "set" ? canonicalText(item) : String(at)));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, key)]));
}

function emptyOf({ mode, block }: NestedObject, fillings: Fillings, place: Place): Value {
  if (mode === "list" || mode === "set") return [];
  if (mode === "map") return {};
  return mode === "single" ? null : fillObject(block, {}, fillings, place);
}

function fillPlain(type: CtyType, value: Value, fillings: Fillings, place: Place): Value {
  if (value === UNKNOWN) return fillings.value(type, place.path, place.element);
  if (value instanceof DynamicRecord) {
    return new DynamicRecord(value.dynamicType, fillPlain(value.dynamicType, value.value, fillings, place));
  }
  if (Array.isArray(value)) {
    return value.map((item: Value, at) =>
      fillPlain(itemType(type, at), item, fillings, withElement(place, String(at))),
    );
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      fillPlain(itemType(type, name), item, fillings, within(place, name)),
    ]),
  );
}

function itemType(type: CtyType, at: number | string): CtyType {
  if (typeof type === "string") return "dynamic";
  switch (type[0]) {
    case "tuple":
      return type[1][Number(at)] ?? "dynamic";
    case "object":
      return type[1][at] ?? "dynamic";
    default:
      return type[1];
  }
}

function within(place: Place, name: string): Place {
  return { ...place, path: [...place.path, name] };
}

function withElement(place: Place, element: string): Place {
  return { ...place, element: `${place.element}/${element}` };
}
