import { isRecord, type ValueRecord } from "./is-record.ts";
import { matchSetElements } from "./match-set-elements.ts";
import { nestedObject, type NestedObject } from "./nested-object.ts";
import type { AttributeSchema, BlockSchema } from "./provider-schema.ts";
import { UNKNOWN, type Value } from "./value.ts";

/** What planning knows of a type beyond its schema; paths name attributes and blocks, without indexes. */
export interface PlanRules {
  readonly defaultAt: (path: string, attribute: AttributeSchema) => Value | undefined;
  /** Whether what the provider computes there follows from something that changes. */
  readonly followsChange: (path: string) => boolean;
}

/** The same object before the change (undefined: there is none), as proposed, and as configured. */
interface Versions {
  readonly prior: ValueRecord | undefined;
  readonly proposed: ValueRecord;
  readonly config: ValueRecord | undefined;
}

/**
 * A proposed object with what the provider will decide as unknown. Where the object was there before, null stays null:
 * the provider left it so then, and a second plan would never be empty.
 */
export function planObject(block: BlockSchema, versions: Versions, rules: PlanRules, path = ""): ValueRecord {
  const attributes = [...block.attributes].map(([name, attribute]) => {
    const at = versionsAt(versions, name);
    return [name, planAttribute(attribute, at, rules, `${path}${name}`)] as const;
  });
  const blocks = [...block.blocks].map(([name, nested]) => {
    return [name, planNested(nested, versionsAt(versions, name), rules, `${path}${name}.`)] as const;
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

interface ValueVersions {
  /** Undefined where what holds it was not there. */
  readonly prior: Value | undefined;
  readonly proposed: Value;
  /** Undefined where it cannot be told which part of the configuration it is. */
  readonly config: Value | undefined;
}

function versionsAt({ prior, proposed, config }: Versions, name: string): ValueVersions {
  return {
    prior: prior && (prior[name] ?? null),
    proposed: proposed[name] ?? null,
    config: config && (config[name] ?? null),
  };
}

function planAttribute(
  attribute: AttributeSchema,
  versions: ValueVersions,
  rules: PlanRules,
  path: string,
): Value {
  const { prior, proposed, config } = versions;
  if (attribute.isWriteOnly) return null;
  if (proposed === UNKNOWN) return UNKNOWN;
  if (attribute.isDefaulted && (config === undefined ? proposed : config) === null)
    return rules.defaultAt(path, attribute) ?? null;
  const isDecided = attribute.isComputed && config === null;
  if (isDecided && prior !== undefined && rules.followsChange(path)) return UNKNOWN;
  if (proposed === null) {
    if (!attribute.isComputed || prior !== undefined) return null;
    return rules.defaultAt(path, attribute) ?? UNKNOWN;
  }
  const nested = nestedObject(attribute);
  return nested === undefined ? proposed : planNested(nested, versions, rules, `${path}.`);
}

function planNested(
  { mode, block }: NestedObject,
  { prior, proposed, config }: ValueVersions,
  rules: PlanRules,
  path: string,
): Value {
  const plan = (before: Value | undefined, item: Value, written: Value | undefined): Value =>
    isRecord(item)
      ? planObject(block, { prior: asObject(before), proposed: item, config: asObject(written) }, rules, path)
      : item;
  if (mode === "single" || mode === "group") return plan(prior, proposed, config);
  if (Array.isArray(proposed)) {
    if (mode === "set") {
      const matches = matchSetElements(block, Array.isArray(prior) ? prior : [], proposed);
      return proposed.map((item: Value, at) => plan(matches[at], item, undefined));
    }
    return proposed.map((item: Value, at) => plan(itemAt(prior, at), item, itemAt(config, at)));
  }
  if (!isRecord(proposed)) return proposed;
  return Object.fromEntries(
    Object.entries(proposed).map(([key, item]) => [
      key,
      plan(asObject(prior)?.[key], item, asObject(config)?.[key]),
    ]),
  );
}

function itemAt(value: Value | undefined, at: number): Value | undefined {
  return Array.isArray(value) ? (value[at] as Value | undefined) : undefined;
}

function asObject(value: Value | undefined): ValueRecord | undefined {
  return isRecord(value) ? value : undefined;
}
