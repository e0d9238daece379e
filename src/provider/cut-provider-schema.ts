import { byCodePoint } from "../text/compare.ts";
import type { ProviderSchemaJson } from "./read-provider-schema.ts";

/** Types of one provider by name: what a platform uses, or what a pack holds. */
export interface ProviderTypes {
  readonly resources: readonly string[];
  readonly dataSources: readonly string[];
  readonly ephemerals: readonly string[];
}

/** The schema of the given types alone, sorted, without texts for people; types that it does not have are left out. */
export function cutProviderSchema(json: ProviderSchemaJson, types: ProviderTypes): ProviderSchemaJson {
  return {
    provider: withoutTexts(json.provider ?? {}),
    resource_schemas: pick(json.resource_schemas, types.resources),
    data_source_schemas: pick(json.data_source_schemas, types.dataSources),
    ephemeral_resource_schemas: pick(json.ephemeral_resource_schemas, types.ephemerals),
  };
}

function pick<Type>(
  record: Readonly<Record<string, Type>> = {},
  names: readonly string[],
): Readonly<Record<string, Type>> {
  const found = names.filter((name) => Object.hasOwn(record, name));
  return Object.fromEntries(
    [...new Set(found)].sort(byCodePoint).map((name) => [name, withoutTexts(record[name]!)]),
  );
}

/** A text is a string; an attribute that is called `description` is an object, and stays. */
function withoutTexts<Type>(value: Type): Type {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) =>
      !(/^description(_kind)?$/.test(key) && typeof inner === "string") &&
      !(key === "deprecated" && inner === true),
  );
  const sorted = kept.sort(([left], [right]) => byCodePoint(left, right));
  // The only arrays are types, which hold names of attributes and no texts.
  return Object.fromEntries(sorted.map(([key, inner]) => [key, withoutTexts(inner)])) as Type;
}
