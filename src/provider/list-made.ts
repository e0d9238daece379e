import { expandTemplate, isSetting } from "./expand-template.ts";
import { fittingResources } from "./find-by-config.ts";
import type { ValueRecord } from "./is-record.ts";
import type { TypeContext, World } from "./provider-engine.ts";
import { settingOf } from "./setting-of.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** What a data source lists of each resource that fits it, by attribute; a template as in an overlay. */
type Lists = Readonly<Record<string, unknown>>;

/** The lists of a data source such as `aws_subnets`; undefined where it stands for one resource. */
export function listsOf({ overlay, typeName, schema }: TypeContext): Lists | undefined {
  if (overlay !== undefined) return overlay.lists;
  const ids = typeName.endsWith("s") ? schema.block.attributes.get("ids") : undefined;
  const isList = ids?.type.kind === "plain" && Array.isArray(ids.type.type) && ids.type.type[1] === "string";
  return isList && ids.isComputed && !ids.isOptional ? { ids: "{id}" } : undefined;
}

/** A list for each attribute, in the order of ids, of what stands in the world; empty where nothing fits. */
export function listMade(
  context: TypeContext,
  lists: Lists,
  config: ValueRecord,
  world: World,
): { readonly count: number; readonly values: ValueRecord } {
  const { overlay, typeName } = context;
  const found = fittingResources(context, overlay?.finds ?? typeName.replace(/s$/, ""), config, world);
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
  if (typeof template === "string")
    return expandTemplate(template, (name) =>
      isSetting(name) ? settingOf(context, name) : valueAt(made, name),
    );
  return Object.fromEntries(
    Object.entries(template as object).map(([name, inner]) => [name, elementOf(context, inner, made)]),
  );
}
