import { byCodePoint } from "../text/compare.ts";
import { isPlaceKnown, worldId } from "./configuration-scope.ts";
import { equalValues } from "./equal-values.ts";
import { isLike, isLikenessMet, likenessOf } from "./likeness.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import { madeValueAt } from "./made-value-at.ts";
import type { MadeResource, TypeContext, World } from "./provider-engine.ts";
import { UNKNOWN, type Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** The resource that a data source's configuration describes, and how many others do as well. */
export function findByConfig(
  context: TypeContext,
  config: ValueRecord,
  world: World,
): { readonly found: MadeResource | undefined; readonly others: number } {
  const fitting = fittingResources(context, foundTypes(context), config, world);
  return { found: fitting[0], others: Math.max(0, fitting.length - 1) };
}

/** The types of resource that a data source finds: those of its overlay, else its namesake. */
export function foundTypes({ overlay, typeName }: TypeContext, namesake = typeName): readonly string[] {
  return [overlay?.finds ?? namesake].flat();
}

/** Every resource of some types that a data source's configuration describes, in the order of ids. */
export function fittingResources(
  context: TypeContext,
  types: readonly string[],
  config: ValueRecord,
  world: World,
): readonly MadeResource[] {
  const { source, overlay } = context;
  const place = isPlaceKnown(context) ? worldId(context, "") : "";
  const names = overlay?.match ?? Object.keys(config);
  return types
    .flatMap((type) => world.list(source, type))
    .filter((made) => made.id.startsWith(place) && fits(made.value, config, names, overlay?.filters ?? {}))
    .sort((left, right) => byCodePoint(left.id, right.id));
}

/** By the name of an argument or a filter, the attribute of the resource that it is compared with. */
type Filters = Readonly<Record<string, string>>;

/** What the resource does not have, such as `most_recent` or `timeouts`, says how to search and not for what. */
function fits(made: Value, config: ValueRecord, names: readonly string[], filters: Filters): boolean {
  return names.every((name) => {
    const wanted = valueAt(config, name);
    if (name === "filter") return filtersFit(made, wanted, filters);
    const attribute = filters[name] ?? name;
    const has = madeValueAt(made, attribute);
    if (has === null && !(isRecord(made) && Object.hasOwn(made, attribute.split(".")[0]!)))
      return isLikenessMet(name, wanted, made);
    if (attribute !== name && likenessOf(name) !== undefined) return isLike(name, wanted, has);
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

/** The `filter` blocks of AWS: `tag:Name`, `tag-key`, or the name of an attribute with dashes. */
function filtersFit(made: Value, wanted: Value, filters: Filters): boolean {
  if (!Array.isArray(wanted)) return true;
  return wanted.every((filter: Value) => {
    const [name, values] = [valueAt(filter, "name"), valueAt(filter, "values")];
    if (typeof name !== "string" || !Array.isArray(values) || !isRecord(made)) return true;
    const has = filteredBy(made, name, filters);
    return (
      has === undefined || values.some((value: Value) => typeof value === "string" && matches(value, has))
    );
  });
}

function filteredBy(made: ValueRecord, name: string, filters: Filters): Value | undefined {
  if (name.startsWith("tag:")) return tagsOf(made)[name.slice("tag:".length)] ?? null;
  if (name === "tag-key") return Object.keys(tagsOf(made));
  const attribute = filters[name];
  return attribute === undefined ? made[name.replaceAll("-", "_")] : valueAt(made, attribute);
}

function tagsOf(made: ValueRecord): ValueRecord {
  const tags = made["tags_all"] ?? made["tags"] ?? null;
  return isRecord(tags) ? tags : {};
}

function matches(pattern: string, value: Value): boolean {
  if (Array.isArray(value)) return value.some((one: Value) => matches(pattern, one));
  if (value === null || typeof value === "object" || typeof value === "symbol") return false;
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${escaped}$`, "s").test(String(value));
}
