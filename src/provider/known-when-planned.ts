import { canonicalText } from "./canonical-text.ts";
import { containsUnknown } from "./contains-unknown.ts";
import { conformValue } from "./conform-value.ts";
import { expandTemplate, isSetting } from "./expand-template.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import type { TypeContext } from "./provider-engine.ts";
import type { CtyType } from "./provider-schema.ts";
import { settingOf } from "./setting-of.ts";
import { UNKNOWN, type Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/**
 * A planned resource with what the provider knows of its own values before it applies, such as the names that a
 * certificate will be validated for: `for_each` may go over them. What hangs on something unknown stays unknown.
 */
export function knownWhenPlanned(
  context: TypeContext,
  planned: ValueRecord,
  config: ValueRecord | undefined,
): ValueRecord {
  const templates = Object.entries(context.overlay?.planned ?? {});
  return templates.reduce<ValueRecord>((resource, [name, template]) => {
    const { type } = context.schema.block.attributes.get(name) ?? {};
    const isOpen = resource[name] === UNKNOWN && (config?.[name] ?? null) === null;
    if (!isOpen || type?.kind !== "plain") return resource;
    const lookUp = (path: string): Value =>
      isSetting(path) ? settingOf(context, path) : valueAt(resource, path);
    const expanded = expand(template, lookUp);
    return containsUnknown(expanded) ? resource : { ...resource, [name]: partly(type.type, expanded) };
  }, planned);
}

function expand(template: unknown, lookUp: (path: string) => Value): Value {
  if (typeof template === "string") return expandTemplate(template, lookUp);
  if (Array.isArray(template)) {
    const elements = template.map((one) => expand(one, lookUp));
    if (elements.some(containsUnknown)) return UNKNOWN;
    const all: readonly Value[] = elements.flatMap(spread).filter((one: Value) => one !== null);
    return [...new Map(all.map((one) => [canonicalText(one), one] as const)).values()];
  }
  if (!isRecord(template as Value)) return template as Value;
  const entries = Object.entries(template as object).map(
    ([name, one]) => [name, expand(one, lookUp)] as const,
  );
  return Object.fromEntries(entries);
}

/** Of an object with a list in one attribute, an object for each element of it; none where the attribute is null. */
function spread(value: Value): readonly Value[] {
  if (!isRecord(value)) return [value];
  const list = Object.entries(value).find(([, one]) => Array.isArray(one) || one === null);
  if (list === undefined) return [value];
  const items = (list[1] ?? []) as readonly Value[];
  return items.map((item) => ({ ...value, [list[0]]: item }));
}

/** A value of a type of which some is known: what an object does not say is known only after applying. */
function partly(type: CtyType, value: Value): Value {
  if (typeof type === "string" || value === UNKNOWN) return conformValue(type, value);
  const [kind, inner] = type;
  if ((kind === "list" || kind === "set") && Array.isArray(value))
    return value.map((item: Value) => partly(inner, item));
  if (kind !== "object" || !isRecord(value)) return conformValue(type, value);
  return Object.fromEntries(
    Object.entries(inner).map(([name, one]) => [
      name,
      Object.hasOwn(value, name) ? partly(one, value[name]!) : UNKNOWN,
    ]),
  );
}
