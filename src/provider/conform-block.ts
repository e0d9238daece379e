import { asList, asRecord, conformValue } from "./conform-value.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import { nestedObject, type NestedObject } from "./nested-object.ts";
import type { AttributeSchema, BlockSchema } from "./provider-schema.ts";
import { UNKNOWN, type Value } from "./value.ts";

/** What a schema makes of a value or of JSON: unknown names dropped, missing attributes null, missing blocks empty. */
export function conformBlock(block: BlockSchema, raw: unknown): ValueRecord {
  const record = asRecord(raw) ?? {};
  const read = (name: string): unknown => (Object.hasOwn(record, name) ? record[name] : undefined);
  return Object.fromEntries([
    ...[...block.attributes].map(([name, attribute]) => [name, conformAttribute(attribute, read(name))]),
    ...[...block.blocks].map(([name, nested]) => [name, conformBlocks(nested, read(name))]),
  ]);
}

/** What an attribute makes of a value or of JSON. */
export function conformAttribute(attribute: AttributeSchema, raw: unknown): Value {
  if (attribute.type.kind === "plain") return conformValue(attribute.type.type, raw);
  return raw === null || raw === undefined ? null : conformBlocks(nestedObject(attribute)!, raw);
}

function conformBlocks({ mode, block }: NestedObject, raw: unknown): Value {
  if (raw === UNKNOWN) return UNKNOWN;
  switch (mode) {
    case "list":
    case "set":
      return asList(raw).map((item) => conformElement(block, item));
    case "map": {
      const record = isRecord(raw as Value) ? (raw as ValueRecord) : {};
      return Object.fromEntries(
        Object.entries(record).map(([name, item]) => [name, conformElement(block, item)]),
      );
    }
    case "single":
      return asRecord(raw) === undefined ? null : conformBlock(block, raw);
    case "group":
      return conformBlock(block, raw);
  }
}

function conformElement(block: BlockSchema, item: unknown): Value {
  return item === UNKNOWN || item === null ? item : conformBlock(block, item);
}
