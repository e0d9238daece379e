import { allTags } from "./all-tags.ts";
import { conformAttribute } from "./conform-block.ts";
import { conformValue } from "./conform-value.ts";
import { expandTemplate, isSetting } from "./expand-template.ts";
import { fillObject } from "./fill-object.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import { labelOf } from "./label-of.ts";
import { madeUpAttribute, madeUpValue } from "./made-up-value.ts";
import { prefixedName } from "./prefixed-name.ts";
import type { TypeContext } from "./provider-engine.ts";
import type { AttributeSchema } from "./provider-schema.ts";
import { randomValue } from "./random-value.ts";
import { settingOf } from "./setting-of.ts";
import { DynamicRecord, UNKNOWN, type Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** What is known of a resource beyond what was planned. */
export interface Given {
  readonly id: string;
  /** What its made-up values come from. */
  readonly seed: string;
  /** Of top-level attributes: what is known of them before anything is made up. */
  readonly values?: ValueRecord;
}

/**
 * A planned resource with each unknown replaced: by what is given, by the overlay's template, by what follows from
 * the inputs, and else by a made-up value.
 */
export function completeResource(context: TypeContext, planned: ValueRecord, given: Given): ValueRecord {
  const { attributes } = context.schema.block;
  const label = labelOf(planned, given.id);
  const said = valueAt(planned, "engine");
  const engine = typeof said === "string" ? said : undefined;
  const place = (path: readonly string[], element: string) => ({
    context,
    path,
    label,
    seed: `${given.seed}\n${element}`,
    engine,
  });
  const computed = (attribute: AttributeSchema, path: readonly string[], element: string): Value =>
    fromOverlay(path, element, (said) => conformAttribute(attribute, said)) ??
    (path.length === 1 ? derived(context, planned, given, attribute, path[0]!) : undefined) ??
    prefixedName(
      attribute,
      path,
      (name) => valueAt(planned, besideName(name, path, element)),
      `${given.seed}\n${element}`,
    ) ??
    madeUpAttribute(attribute, place(path, element));

  /** Templates may refer to what is unknown itself; one that refers to itself gets a made-up value. */
  const resolving = new Set<string>();
  const fromOverlay = (
    place: readonly string[],
    element: string,
    conform: (said: unknown) => Value,
  ): Value | undefined => {
    const { values } = context.overlay ?? {};
    const path = place.join(".");
    if (values === undefined || !Object.hasOwn(values, path) || resolving.has(path)) return undefined;
    resolving.add(path);
    const beside = (name: string): Value => lookUp(besideName(name, place, element));
    const value = conform(expandAll(values[path], beside));
    resolving.delete(path);
    return value;
  };
  const lookUp = (name: string): Value => {
    if (isSetting(name)) return settingOf(context, name);
    const value = valueAt(planned, name);
    if (value !== UNKNOWN) return name === "id" && value === null ? given.id : value;
    const attribute = attributes.get(name);
    return attribute === undefined
      ? madeUpValue("string", place(name.split("."), ""))
      : computed(attribute, [name], "");
  };

  return fillObject(context.schema.block, planned, {
    attribute: computed,
    value: (type, path, element) =>
      fromOverlay(path, element, (said) => conformValue(type, said)) ??
      madeUpValue(type, place(path, element)),
  });
}

/**
 * A name as it is meant in an element of a list: `port.number` in the second `port` is `port.1.number`. `element` says
 * the places in lists on the way, such as `/1`.
 */
function besideName(name: string, place: readonly string[], element: string): string {
  const indexes = element.split("/").slice(1);
  const names = name.split(".");
  const shared = names.findIndex((one, at) => at >= indexes.length || one !== place[at]);
  if (!indexes.every((index) => /^\d+$/.test(index))) return name;
  return names.flatMap((one, at) => (at < shared ? [one, indexes[at]!] : [one])).join(".");
}

function derived(
  context: TypeContext,
  planned: ValueRecord,
  { id, seed, values }: Given,
  attribute: AttributeSchema,
  name: string,
): Value | undefined {
  if (values !== undefined && Object.hasOwn(values, name)) return values[name];
  if (name === "tags_all") return allTags(context, planned, undefined).tags_all;
  const random = randomValue(context, planned, name, seed);
  if (random !== undefined) return random;
  if (name === "id" && attribute.type.kind === "plain" && attribute.type.type === "string") return id;
  if (attribute.type.kind !== "plain" || attribute.type.type !== "dynamic") return undefined;
  // What a server makes of a manifest is, as far as a rehearsal goes, the manifest.
  return Object.values(planned).find((value) => value instanceof DynamicRecord);
}

function expandAll(template: unknown, lookUp: (name: string) => Value): unknown {
  if (typeof template === "string") return expandTemplate(template, lookUp);
  if (Array.isArray(template)) return template.map((item) => expandAll(item, lookUp));
  if (!isRecord(template as Value)) return template;
  return Object.fromEntries(
    Object.entries(template as object).map(([name, item]) => [name, expandAll(item, lookUp)]),
  );
}
