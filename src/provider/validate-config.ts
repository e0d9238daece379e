import { checkGroups } from "./check-groups.ts";
import { isRecord } from "./is-record.ts";
import { nestedObject, type NestedObject } from "./nested-object.ts";
import type { ProviderProblem, TypeContext } from "./provider-engine.ts";
import type { BlockSchema } from "./provider-schema.ts";
import type { Value, ValuePath } from "./value.ts";

/** What a provider refuses in a configuration that Terraform itself lets through. */
export function validateConfig(context: TypeContext, config: Value): readonly ProviderProblem[] {
  return [...checkObject(context.schema.block, config, []), ...checkGroups(context, config)];
}

function checkObject(
  block: BlockSchema,
  value: Value | undefined,
  path: ValuePath,
): readonly ProviderProblem[] {
  if (!isRecord(value)) return [];
  const ofAttributes = [...block.attributes].flatMap(([name, attribute]) => {
    const given = value[name] ?? null;
    if (given === null) return [];
    const isDecided = attribute.isComputed && !attribute.isOptional && !attribute.isRequired;
    if (isDecided) return [unconfigurable(name, [...path, name])];
    return checkNested(nestedObject(attribute), given, [...path, name]);
  });
  const ofBlocks = [...block.blocks].flatMap(([name, nested]) =>
    checkNested(nested, value[name] ?? null, [...path, name]),
  );
  return [...ofAttributes, ...ofBlocks];
}

function checkNested(
  nested: NestedObject | undefined,
  value: Value,
  path: ValuePath,
): readonly ProviderProblem[] {
  if (nested === undefined || typeof value !== "object" || value === null) return [];
  const { mode, block } = nested;
  if (mode === "single" || mode === "group") return checkObject(block, value, path);
  if (mode === "map") {
    return Object.entries(value).flatMap(([key, item]) => checkObject(block, item as Value, [...path, key]));
  }
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Value, at) =>
    checkObject(block, item, [...path, mode === "set" ? { element: item } : at]),
  );
}

function unconfigurable(name: string, path: ValuePath): ProviderProblem {
  return {
    severity: "error",
    summary: "Value for unconfigurable attribute",
    detail: `The provider itself decides "${name}" when it applies. Remove it from the configuration.`,
    path,
  };
}
