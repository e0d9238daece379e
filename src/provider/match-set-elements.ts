import { equalValues } from "./equal-values.ts";
import { isRecord } from "./is-record.ts";
import { nestedObject, type NestedObject } from "./nested-object.ts";
import type { BlockSchema } from "./provider-schema.ts";
import type { Value } from "./value.ts";

/**
 * For each proposed element of a set the one that it was before, told by what is not computed; undefined for a new
 * one. The order of a set says nothing.
 */
export function matchSetElements(
  block: BlockSchema,
  prior: readonly Value[],
  proposed: readonly Value[],
): readonly (Value | undefined)[] {
  const isTaken = new Set<number>();
  const take = (fits: (before: Value) => boolean): Value | undefined => {
    const at = prior.findIndex((before, index) => !isTaken.has(index) && fits(before));
    if (at >= 0) isTaken.add(at);
    return prior[at];
  };
  const same = proposed.map((item) => take((before) => equalValues(before, item)));
  return proposed.map((item, at) => same[at] ?? take((before) => coversObject(block, item, before)));
}

function coversObject(block: BlockSchema, proposed: Value, prior: Value): boolean {
  if (!isRecord(proposed) || !isRecord(prior)) return equalValues(proposed, prior);
  const attributesFit = [...block.attributes].every(([name, attribute]) => {
    const value = proposed[name] ?? null;
    const before = prior[name] ?? null;
    if (value === null && attribute.isComputed) return true;
    const nested = nestedObject(attribute);
    return nested === undefined ? equalValues(value, before) : coversNested(nested, value, before);
  });
  return (
    attributesFit &&
    [...block.blocks].every(([name, nested]) =>
      coversNested(nested, proposed[name] ?? null, prior[name] ?? null),
    )
  );
}

function coversNested({ mode, block }: NestedObject, proposed: Value, prior: Value): boolean {
  if (Array.isArray(proposed) && Array.isArray(prior)) {
    if (proposed.length !== prior.length) return false;
    if (mode !== "set")
      return proposed.every((item: Value, at) => coversObject(block, item, prior[at] as Value));
    return matchSetElements(block, prior, proposed).every((match) => match !== undefined);
  }
  if (mode !== "map" || !isRecord(proposed) || !isRecord(prior)) return coversObject(block, proposed, prior);
  const keys = Object.keys(proposed);
  return (
    keys.length === Object.keys(prior).length &&
    keys.every((key) => Object.hasOwn(prior, key) && coversObject(block, proposed[key]!, prior[key]!))
  );
}
