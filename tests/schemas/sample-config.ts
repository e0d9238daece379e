import { isRecord, type ValueRecord } from "../../src/provider/is-record.ts";
import type { AttributeSchema, BlockSchema, CtyType } from "../../src/provider/provider-schema.ts";
import { UNKNOWN, type Value } from "../../src/provider/value.ts";

/** How deep blocks are written: some hold themselves. */
const DEPTH = 4;

/** A configuration with every block once, and in it what is required and nothing else; `given` is laid over it. */
export function sampleConfig(block: BlockSchema, given: ValueRecord = {}, depth = DEPTH): ValueRecord {
  const attributes = [...block.attributes].map(([name, attribute]): readonly [string, Value] => [
    name,
    given[name] ?? sampleAttribute(name, attribute),
  ]);
  const blocks = [...block.blocks].map(([name, { mode, block: inner }]): readonly [string, Value] => {
    const own = given[name];
    const isLeftOut = name === "timeouts" || depth === 0;
    if (mode === "single" || mode === "group") return [name, null];
    if (mode === "map") return [name, {}];
    if (Array.isArray(own))
      return [name, own.map((item: Value) => sampleConfig(inner, asRecord(item), depth - 1))];
    return [name, isLeftOut ? [] : [sampleConfig(inner, asRecord(own), depth - 1)]];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

/** What Terraform proposes for a new resource: what nobody writes and the provider may decide is unknown. */
export function proposedFor(block: BlockSchema, config: ValueRecord): ValueRecord {
  const attributes = [...block.attributes].map(([name, { isComputed }]): readonly [string, Value] => {
    const value = config[name] ?? null;
    return [name, value === null && isComputed ? UNKNOWN : value];
  });
  const blocks = [...block.blocks].map(([name, nested]): readonly [string, Value] => {
    const value = config[name] ?? null;
    return [
      name,
      Array.isArray(value) ? value.map((item: Value) => proposedFor(nested.block, asRecord(item))) : value,
    ];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

/** The values that a plan knows of what nobody wrote, by path; an empty text in a set stands for nothing. */
export function plannedDefaults(block: BlockSchema, config: Value, planned: Value, path = ""): ValueRecord {
  if (!isRecord(config) || !isRecord(planned)) return {};
  const own = [...block.attributes.keys()].flatMap((name): readonly (readonly [string, Value])[] => {
    const value = planned[name] ?? null;
    const isDefault = (config[name] ?? null) === null && value !== null && value !== UNKNOWN && value !== "";
    return isDefault ? [[`${path}${name}`, value]] : [];
  });
  const inner = [...block.blocks].flatMap(([name, nested]) => {
    const [written, made] = [config[name], planned[name]].map((value) =>
      Array.isArray(value) && value.length === 1 ? (value[0] as Value) : null,
    );
    return Object.entries(plannedDefaults(nested.block, written!, made!, `${path}${name}.`));
  });
  return Object.fromEntries([...own, ...inner]);
}

function sampleAttribute(name: string, { isRequired, type }: AttributeSchema): Value {
  return isRequired && type.kind === "plain" ? sampleOf(type.type, name) : null;
}

function sampleOf(type: CtyType, name: string): Value {
  if (type === "number") return 1;
  if (type === "bool") return true;
  if (typeof type === "string") return name;
  if (type[0] === "map") return { key: sampleOf(type[1], name) };
  if (type[0] === "list" || type[0] === "set") return [sampleOf(type[1], name)];
  if (type[0] === "tuple") return type[1].map((item) => sampleOf(item, name));
  return Object.fromEntries(Object.entries(type[1]).map(([key, inner]) => [key, sampleOf(inner, key)]));
}

function asRecord(value: Value | undefined): ValueRecord {
  return value !== undefined && isRecord(value) ? value : {};
}
