import { attributesIn } from "./expand-template.ts";
import { equalValues } from "./equal-values.ts";
import { hasOwnRegion } from "./in-own-region.ts";
import { idTemplate } from "./id-template.ts";
import { isRecord } from "./is-record.ts";
import type { TypeContext } from "./provider-engine.ts";
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from "./provider-schema.ts";
import { meetsRule } from "./replacement-rule.ts";
import { UNKNOWN, type Value, type ValuePath } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** The changed parts of a resource for which a new one must be made; what is unknown counts as changed. */
export function requiredReplacements(
  context: TypeContext,
  prior: Value,
  planned: Value,
): readonly ValuePath[] {
  const { forceNew = [], forceNewIf = {} } = context.overlay ?? {};
  const met = Object.entries(forceNewIf).flatMap(([name, rules]) =>
    rules.some((rule) => meetsRule(rule, valueAt(prior, name), valueAt(planned, name))) ? [name] : [],
  );
  // An overlay knows better: of what it has rules for, only some changes count.
  const said = (context.replacements?.always ?? []).filter((path) => !Object.hasOwn(forceNewIf, path));
  const place = hasOwnRegion(context) ? ["region"] : [];
  const names = [...place, ...forceNew, ...attributesIn(idTemplate(context)), ...met, ...said];
  return [...new Set(names)].flatMap((name) =>
    changedPaths({ schema: context.schema.block, names: name.split("."), path: [] }, prior, planned),
  );
}

interface Place {
  /** Of what stands here; undefined below the schema's own objects, within a plain type. */
  readonly schema: BlockSchema | AttributeSchema | NestedBlockSchema | undefined;
  readonly names: readonly string[];
  readonly path: ValuePath;
}

function changedPaths(place: Place, prior: Value, planned: Value): readonly ValuePath[] {
  const { schema, names, path } = place;
  if (planned === UNKNOWN) return [path];
  if (names.length === 0) return equalValues(prior, planned) ? [] : [path];
  if (isSetOf(schema)) return sameInSet(names, prior, planned) ? [] : [path];
  if (Array.isArray(prior) || Array.isArray(planned))
    return changedItems(place, asItems(prior), asItems(planned));
  const [name, ...rest] = names;
  if (!isRecord(prior) || !isRecord(planned)) {
    return equalValues(innermost(prior, names), innermost(planned, names)) ? [] : [path];
  }
  return changedPaths(
    { schema: schemaOf(schema, name!), names: rest, path: [...path, name!] },
    prior[name!] ?? null,
    planned[name!] ?? null,
  );
}

function changedItems(
  place: Place,
  prior: readonly Value[],
  planned: readonly Value[],
): readonly ValuePath[] {
  const length = Math.max(prior.length, planned.length);
  return Array.from({ length }, (_, at) => at).flatMap((at) => {
    const before: Value | undefined = prior[at];
    const after: Value | undefined = planned[at];
    const path = [...place.path, at];
    if (before !== undefined && after !== undefined) {
      const inner = place.schema !== undefined && "mode" in place.schema ? place.schema.block : undefined;
      return changedPaths({ schema: inner, names: place.names, path }, before, after);
    }
    return innermost(before ?? after ?? null, place.names) === null ? [] : [path];
  });
}

/** Terraform follows no path into a set, so it is compared as a whole: what its elements have there, in any order. */
function sameInSet(names: readonly string[], prior: Value, planned: Value): boolean {
  const left = [...asItems(prior)].map((item) => innermost(item, names));
  const right = [...asItems(planned)].map((item) => innermost(item, names));
  return left.length === right.length && left.every((item) => takeEqual(right, item));
}

function takeEqual(items: Value[], wanted: Value): boolean {
  const at = items.findIndex((item) => equalValues(item, wanted));
  if (at >= 0) items.splice(at, 1);
  return at >= 0;
}

function innermost(value: Value, names: readonly string[]): Value {
  if (value === UNKNOWN || names.length === 0) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: Value) => innermost(item, names)).filter((item) => item !== null);
    return items.length === 0 ? null : items;
  }
  return isRecord(value) ? innermost(value[names[0]!] ?? null, names.slice(1)) : null;
}

function schemaOf(schema: Place["schema"], name: string): Place["schema"] {
  if (schema === undefined) return undefined;
  if ("attributes" in schema) return schema.attributes.get(name) ?? schema.blocks.get(name);
  if ("block" in schema) return schemaOf(schema.block, name);
  return schema.type.kind === "nested" ? schema.type.attributes.get(name) : undefined;
}

function isSetOf(schema: Place["schema"]): boolean {
  if (schema === undefined || "attributes" in schema) return false;
  if ("block" in schema) return schema.mode === "set";
  return schema.type.kind === "nested" ? schema.type.mode === "set" : isSetType(schema.type.type);
}

function isSetType(type: unknown): boolean {
  return Array.isArray(type) && type[0] === "set";
}

function asItems(value: Value): readonly Value[] {
  return Array.isArray(value) ? value : [];
}
