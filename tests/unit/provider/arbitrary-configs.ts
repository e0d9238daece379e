import fc from "fast-check";
import type { ValueRecord } from "../../../src/provider/is-record.ts";
import { nestedObject, type NestedObject } from "../../../src/provider/nested-object.ts";
import type { AttributeSchema, BlockSchema, CtyType } from "../../../src/provider/provider-schema.ts";
import { DynamicRecord, UNKNOWN, type Value } from "../../../src/provider/value.ts";

/** Configurations that a schema allows; where `unknowns`, some of it is not known yet. */
export function configOf(schema: BlockSchema, unknowns: boolean): fc.Arbitrary<ValueRecord> {
  const entries = [
    ...[...schema.attributes].map(([name, one]) => [name, attributeConfig(one, unknowns)] as const),
    ...[...schema.blocks].map(([name, nested]) => [name, nestedConfig(nested, unknowns)] as const),
  ];
  return fc.record(Object.fromEntries(entries)) as fc.Arbitrary<ValueRecord>;
}

function attributeConfig(one: AttributeSchema, unknowns: boolean): fc.Arbitrary<Value> {
  if (!one.isRequired && !one.isOptional) return fc.constant(null);
  const nested = nestedObject(one);
  const known =
    nested === undefined && one.type.kind === "plain"
      ? valueOf(one.type.type)
      : nestedConfig(nested!, unknowns);
  const some: fc.Arbitrary<Value> = unknowns
    ? fc.oneof({ weight: 4, arbitrary: known }, fc.constant(UNKNOWN))
    : known;
  return one.isRequired ? some : fc.oneof(some, fc.constant(null));
}

function nestedConfig({ mode, block: inner }: NestedObject, unknowns: boolean): fc.Arbitrary<Value> {
  const item = configOf(inner, unknowns);
  if (mode === "single") return fc.oneof(item, fc.constant(null));
  if (mode === "group") return item;
  if (mode === "map") return fc.dictionary(fc.constantFrom("a", "b"), item, { maxKeys: 2 });
  // Elements of a set that differ in nothing but what is computed cannot be told apart, by Terraform neither.
  if (!inner.attributes.has("key")) return fc.array(item, { maxLength: mode === "set" ? 1 : 2 });
  return fc
    .array(item, { maxLength: 3 })
    .map((items) => items.map((one, at) => ({ ...one, key: `${at}` })))
    .chain((items) => (mode === "set" ? fc.shuffledSubarray(items) : fc.constant(items)));
}

function valueOf(type: CtyType): fc.Arbitrary<Value> {
  const text = fc.string({ maxLength: 3 });
  if (type === "string") return text;
  if (type === "number") return fc.integer();
  if (type === "bool") return fc.boolean();
  if (type === "dynamic") return text.map((one) => new DynamicRecord("string", one));
  switch (type[0]) {
    case "list":
      return fc.array(valueOf(type[1]), { maxLength: 2 });
    case "set":
      return type[1] === "string"
        ? fc.uniqueArray(text, { maxLength: 2 })
        : fc.array(valueOf(type[1]), { maxLength: 1 });
    case "map":
      return fc.dictionary(text, valueOf(type[1]), { maxKeys: 2 });
    case "tuple":
      return fc.tuple(...type[1].map(valueOf));
    case "object":
      return fc.record(
        Object.fromEntries(Object.entries(type[1]).map(([name, one]) => [name, valueOf(one)])),
      ) as fc.Arbitrary<Value>;
  }
}
