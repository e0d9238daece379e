import { expandTemplate, isSetting } from "./expand-template.ts";
import { fittingResources, foundTypes } from "./find-by-config.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import { madeValueAt } from "./made-value-at.ts";
import type { TypeContext, World } from "./provider-engine.ts";
import type { AttributeSchema } from "./provider-schema.ts";
import { settingOf } from "./setting-of.ts";
import { DynamicRecord, type Value } from "./value.ts";

/** What a data source lists of each resource that fits it, by attribute; a template as in an overlay. */
type Lists = Readonly<Record<string, unknown>>;

/**
 * The lists of a data source such as `aws_subnets`; undefined where it stands for one resource. Without an overlay
 * they are those with names such as `ids`, `arns` and, of `aws_ecs_clusters`, `cluster_arns`.
 */
export function listsOf({ overlay, typeName, schema }: TypeContext): Lists | undefined {
  if (overlay !== undefined) return overlay.lists;
  if (!typeName.endsWith("s")) return undefined;
  const found = [...schema.block.attributes].flatMap(([name, attribute]) => {
    const [, of, part] = /^(?:(\w+)_)?(id|arn|name|url)s$/.exec(name) ?? [];
    const isOwn = part !== undefined && (of === undefined || singularOf(typeName).endsWith(`_${of}`));
    return isOwn && isListOfTexts(attribute) ? [[name, `{${part}}`] as const] : [];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function isListOfTexts({ type, isComputed, isOptional }: AttributeSchema): boolean {
  const plain = type.kind === "plain" ? type.type : undefined;
  return Array.isArray(plain) && plain[1] === "string" && isComputed && !isOptional;
}

/** `aws_ecr_repositories` lists what is `aws_ecr_repository`. */
function singularOf(typeName: string): string {
  return typeName.endsWith("ies") ? typeName.replace(/ies$/, "y") : typeName.replace(/s$/, "");
}

/** A list for each attribute, in the order of ids, of what stands in the world; empty where nothing fits. */
export function listMade(
  context: TypeContext,
  lists: Lists,
  config: ValueRecord,
  world: World,
): { readonly count: number; readonly values: ValueRecord } {
  const types = foundTypes(context, singularOf(context.typeName));
  const found = fittingResources(context, types, config, world);
  const listed = Object.entries(lists).map(([name, template]): readonly [string, Value] => [
    name,
    // What one of them does not have has no place in the list.
    found
      .flatMap(({ value }) => elementOf(context, template, value))
      .filter((value) => value !== null && value !== ""),
  ]);
  return { count: found.length, values: Object.fromEntries(listed) };
}

function elementOf(context: TypeContext, template: unknown, made: Value): Value {
  if (typeof template === "string") {
    const value = expandTemplate(template, (name) =>
      isSetting(name) ? settingOf(context, name) : madeValueAt(made, name),
    );
    return value instanceof DynamicRecord ? value.value : value;
  }
  if (Array.isArray(template)) return template.flatMap((one) => spread(elementOf(context, one, made)));
  return Object.fromEntries(
    Object.entries(template as object).map(([name, inner]) => [name, elementOf(context, inner, made)]),
  );
}

/** Of an object with a list in one attribute, an object for each element of the list. */
function spread(value: Value): readonly Value[] {
  const [[name, items] = ["", null]] = isRecord(value) ? Object.entries(value) : [];
  return Array.isArray(items) ? items.map((item: Value) => ({ [name]: item })) : [];
}
