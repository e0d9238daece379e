import { byCodePoint } from "../text/compare.ts";
import { isPlaceKnown, worldId } from "./configuration-scope.ts";
import { equalValues } from "./equal-values.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import type { MadeResource, TypeContext, World } from "./provider-engine.ts";
import { UNKNOWN, type Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** The resource that a data source's configuration describes, and how many others do as well. */
export function findByConfig(
  context: TypeContext,
  config: ValueRecord,
  world: World,
): { readonly found: MadeResource | undefined; readonly others: number } {
  const { source, typeName, overlay } = context;
  const place = isPlaceKnown(context) ? worldId(context, "") : "";
  const names = overlay?.match ?? Object.keys(config);
  const fitting = world
    .list(source, overlay?.finds ?? typeName)
    .filter((made) => made.id.startsWith(place) && fits(made.value, config, names))
    .sort((left, right) => byCodePoint(left.id, right.id));
  return { found: fitting[0], others: Math.max(0, fitting.length - 1) };
}

/** What the resource does not have, such as `most_recent` or `timeouts`, says how to search and not for what. */
function fits(made: Value, config: ValueRecord, names: readonly string[]): boolean {
  return names.every((name) => {
    const wanted = valueAt(config, name);
    if (name === "filter") return filtersFit(made, wanted);
    const has = valueAt(made, name);
    if (has === null && !(isRecord(made) && Object.hasOwn(made, name.split(".")[0]!))) return true;
    return covers(wanted, has);
  });
}

/** Whether a value has all that is wanted of it; nothing is wanted where null or an empty block stands. */
function covers(wanted: Value, has: Value): boolean {
  if (wanted === null || wanted === UNKNOWN) return true;
  if (Array.isArray(wanted)) {
    const items: readonly Value[] = Array.isArray(has) ? has : has === null ? [] : [has];
    return wanted.every((item: Value) => items.some((one) => covers(item, one)));
  }
  if (!isRecord(wanted)) return equalValues(wanted, has);
  const record = Array.isArray(has) && has.length === 1 ? (has[0] as Value) : has;
  return Object.entries(wanted).every(([name, value]) =>
    covers(value, isRecord(record) && Object.hasOwn(record, name) ? record[name]! : null),
  );
}

/** The `filter` blocks of AWS: `tag:Name`, or the name of an attribute with dashes. */
function filtersFit(made: Value, filters: Value): boolean {
  if (!Array.isArray(filters)) return true;
  return filters.every((filter: Value) => {
    const [name, values] = [valueAt(filter, "name"), valueAt(filter, "values")];
    if (typeof name !== "string" || !Array.isArray(values) || !isRecord(made)) return true;
    const has = name.startsWith("tag:")
      ? tagOf(made, name.slice("tag:".length))
      : made[name.replaceAll("-", "_")];
    return (
      has === undefined || values.some((value: Value) => typeof value === "string" && matches(value, has))
    );
  });
}

function tagOf(made: ValueRecord, name: string): Value {
  const tags = made["tags_all"] ?? made["tags"] ?? null;
  return isRecord(tags) && Object.hasOwn(tags, name) ? tags[name]! : null;
}

function matches(pattern: string, value: Value): boolean {
  if (value === null || typeof value === "object" || typeof value === "symbol") return false;
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "s").test(String(value));
}
