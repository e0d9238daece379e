import { isRecord, type ValueRecord } from "../../src/provider/is-record.ts";
import { nestedObject } from "../../src/provider/nested-object.ts";
import type { AttributeSchema, BlockSchema, CtyType } from "../../src/provider/provider-schema.ts";
import { UNKNOWN, type Value } from "../../src/provider/value.ts";

/** Texts that a provider takes somewhere, by path without indexes: before a change, and after it. */
export type TakenTexts = ReadonlyMap<string, readonly [before: string, after: string]>;

export interface Sampling {
  readonly side: "before" | "after";
  /** A configuration has nothing in it that the provider alone decides. */
  readonly isConfig: boolean;
  readonly hasBlocks: boolean;
  readonly taken: TakenTexts;
}

/** How deep blocks are written: some hold themselves. */
const DEPTH = 3;

/** A resource with all that there may be of it, and with another value in each place on each side of a change. */
export function sampledResource(
  block: BlockSchema,
  sampling: Sampling,
  path = "",
  depth = DEPTH,
): ValueRecord {
  const attributes = [...block.attributes].map(([name, attribute]): readonly [string, Value] => [
    name,
    sampledAttribute(attribute, sampling, `${path}${name}`, depth),
  ]);
  const blocks = [...block.blocks].map(([name, { mode, block: inner }]): readonly [string, Value] => {
    const isThere = name !== "timeouts" && depth > 0 && sampling.hasBlocks;
    const one = isThere ? sampledResource(inner, sampling, `${path}${name}.`, depth - 1) : null;
    if (mode === "single" || mode === "group") return [name, one];
    return [name, mode === "map" ? {} : one === null ? [] : [one]];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

/** What Terraform proposes: what nobody writes and the provider decides is what it was before, else unknown. */
export function proposedChange(block: BlockSchema, config: ValueRecord, prior: Value): ValueRecord {
  const before = isRecord(prior) ? prior : undefined;
  const attributes = [...block.attributes].map(([name, { isComputed }]): readonly [string, Value] => {
    const value = config[name] ?? null;
    return [name, value === null && isComputed ? (before ? before[name]! : UNKNOWN) : value];
  });
  const blocks = [...block.blocks].map(([name, nested]): readonly [string, Value] => {
    const value = config[name] ?? null;
    const was = before?.[name] ?? null;
    if (isRecord(value)) return [name, proposedChange(nested.block, value, was)];
    if (!Array.isArray(value)) return [name, value];
    const items = value.map((item: Value, at) =>
      proposedChange(nested.block, item as ValueRecord, (Array.isArray(was) ? was[at] : null) ?? null),
    );
    return [name, items];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

function sampledAttribute(
  attribute: AttributeSchema,
  sampling: Sampling,
  path: string,
  depth: number,
): Value {
  const isSettable = attribute.isRequired || attribute.isOptional;
  if (attribute.isWriteOnly || (sampling.isConfig && !isSettable)) return null;
  if (attribute.type.kind === "plain") return sampledValue(attribute.type.type, sampling, path);
  const { mode, block } = nestedObject(attribute)!;
  const one = sampledResource(block, sampling, `${path}.`, depth - 1);
  return mode === "single" ? one : mode === "map" ? { key: one } : [one];
}

function sampledValue(type: CtyType, sampling: Sampling, path: string): Value {
  const isBefore = sampling.side === "before";
  if (type === "number") return isBefore ? 1 : 2;
  if (type === "bool") return isBefore;
  if (type === "dynamic") return null;
  if (type === "string") return sampling.taken.get(path)?.[isBefore ? 0 : 1] ?? sampling.side;
  if (type[0] === "map") return { key: sampledValue(type[1], sampling, path) };
  if (type[0] === "list" || type[0] === "set") return [sampledValue(type[1], sampling, path)];
  if (type[0] === "tuple") return type[1].map((item) => sampledValue(item, sampling, path));
  const entries = Object.entries(type[1]);
  return Object.fromEntries(
    entries.map(([key, inner]) => [key, sampledValue(inner, sampling, `${path}.${key}`)]),
  );
}
