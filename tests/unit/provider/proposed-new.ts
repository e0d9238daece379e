import { equalValues } from "../../../src/provider/equal-values.ts";
import { isRecord, type ValueRecord } from "../../../src/provider/is-record.ts";
import { nestedObject, type NestedObject } from "../../../src/provider/nested-object.ts";
import type { AttributeSchema, BlockSchema } from "../../../src/provider/provider-schema.ts";
import { UNKNOWN, type Value } from "../../../src/provider/value.ts";

/** What Terraform proposes for a configuration over what is there: `objchange.ProposedNew`, for whole values. */
export function proposedNew(block: BlockSchema, prior: Value, config: Value): Value {
  if (!isRecord(config)) return config;
  return proposedObject(block, isRecord(prior) ? prior : undefined, config);
}

function proposedObject(
  block: BlockSchema,
  prior: ValueRecord | undefined,
  config: ValueRecord,
): ValueRecord {
  const attributes = [...block.attributes].map(([name, attribute]) => {
    const before: Value = prior?.[name] ?? null;
    const written: Value = config[name] ?? null;
    const nested = nestedObject(attribute);
    if (attribute.isComputed && written === null) {
      return [name, isUsersOwn(attribute, before) ? written : before] as const;
    }
    return [name, nested === undefined ? written : proposedNested(nested, before, written)] as const;
  });
  const blocks = [...block.blocks].map(
    ([name, nested]) => [name, proposedNested(nested, prior?.[name] ?? null, config[name] ?? null)] as const,
  );
  return Object.fromEntries([...attributes, ...blocks]);
}

function proposedNested({ mode, block }: NestedObject, prior: Value, config: Value): Value {
  if (config === null || config === UNKNOWN) return config;
  if (mode === "single" || mode === "group") return proposedNew(block, prior, config);
  if (mode === "map") {
    return Object.fromEntries(
      Object.entries(config as ValueRecord).map(([key, item]) => [
        key,
        proposedNew(block, isRecord(prior) ? (prior[key] ?? null) : null, item),
      ]),
    );
  }
  const before = Array.isArray(prior) ? (prior as readonly Value[]) : [];
  const items = config as readonly Value[];
  if (mode === "list") return items.map((item, at) => proposedNew(block, before[at] ?? null, item));
  const used = new Set<number>();
  return items.map((item) => {
    const at = before.findIndex((one, index) => !used.has(index) && couldComeFrom(block, one, item));
    if (at < 0) return proposedNew(block, null, item);
    used.add(at);
    return proposedNew(block, before[at]!, item);
  });
}

/** A value with parts that only a user can have written was configured before, and is now removed. */
function isUsersOwn(attribute: AttributeSchema, value: Value): boolean {
  if (!attribute.isOptional || attribute.type.kind === "plain" || value === null) return false;
  const { attributes } = attribute.type;
  const objects = Array.isArray(value)
    ? value
    : attribute.type.mode === "single"
      ? [value]
      : Object.values(value);
  return objects.some(
    (item: Value) =>
      isRecord(item) &&
      [...attributes].some(([name, inner]) => !inner.isComputed && (item[name] ?? null) !== null),
  );
}

function couldComeFrom(block: BlockSchema, prior: Value, config: Value): boolean {
  if (!isRecord(prior) || !isRecord(config)) return equalValues(prior, config);
  const attributesFit = [...block.attributes].every(([name, attribute]) => {
    const before = prior[name] ?? null;
    const written = config[name] ?? null;
    if (written === null && attribute.isComputed) return !isUsersOwn(attribute, before);
    const nested = nestedObject(attribute);
    return nested === undefined || written === null || before === null
      ? equalValues(before, written)
      : nestedFits(nested, before, written);
  });
  return (
    attributesFit &&
    [...block.blocks].every(([name, nested]) => nestedFits(nested, prior[name] ?? null, config[name] ?? null))
  );
}

function nestedFits({ mode, block }: NestedObject, prior: Value, config: Value): boolean {
  if (mode === "single" || mode === "group") return couldComeFrom(block, prior, config);
  if (typeof prior !== "object" || prior === null || typeof config !== "object" || config === null)
    return false;
  const [before, written] = [Object.entries(prior), Object.entries(config)] as [string, Value][][];
  if (before!.length !== written!.length) return false;
  return written!.every(([key, item]) =>
    before!.some(([other, one]) => (mode === "set" || key === other) && couldComeFrom(block, one, item)),
  );
}
