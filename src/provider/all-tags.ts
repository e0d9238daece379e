import { isRecord, type ValueRecord } from "./is-record.ts";
import type { TypeContext } from "./provider-engine.ts";
import { UNKNOWN, type Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** `tags_all` of AWS: the default tags of the provider's configuration, and the resource's own over them. */
export function allTags(
  { schema, settings }: TypeContext,
  resource: ValueRecord,
  config: ValueRecord | undefined,
): { readonly tags_all?: Value } {
  const { attributes } = schema.block;
  const isKept = attributes.get("tags_all")?.isComputed && attributes.has("tags");
  if (!isKept || (config?.["tags_all"] ?? null) !== null) return {};
  const given = valueAt(settings, "default_tags.tags");
  const own = resource["tags"] ?? null;
  if (given === UNKNOWN || own === UNKNOWN) return { tags_all: UNKNOWN };
  return { tags_all: { ...(isRecord(given) && given), ...(isRecord(own) && own) } };
}
