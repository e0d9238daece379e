import { isMap, isScalar, type Node, type YAMLMap } from "yaml";
import { meetsConstraint, unreadableTerm } from "../text/version-constraint.ts";

/** Keys whose maps are laid over one another name by name; what others say takes the place of the whole. */
const TABLES = new Set([
  "defaults",
  "values",
  "planned",
  "force_new_if",
  "required_with",
  "lists",
  "filters",
]);

/**
 * An overlay with what `versions` says of one version of the provider laid over the rest: `null` takes a name out of a
 * map, and a key back, also one that an overlay below this one has. Without a version, the overlay as it is for the version of the pack beside it.
 */
export function overlayOfVersion(
  root: YAMLMap,
  version: string | undefined,
  report: (node: unknown, message: string) => void,
): YAMLMap {
  const variants = root.get("versions", true) as Node | undefined;
  if (variants === undefined) return root;
  const merged = root.clone() as YAMLMap;
  if (!isMap(variants)) {
    report(variants, "'versions' must be a map by constraint, such as '>= 5.0'");
    return merged;
  }
  for (const { key, value } of variants.items) {
    const constraint = String(isScalar(key) ? key.value : key);
    const wrong = unreadableTerm(constraint, "provider");
    if (wrong !== undefined) report(key, `'${constraint}' is no constraint of versions, such as '>= 5.0'`);
    else if (!isMap(value))
      report(key, `'versions' of '${constraint}' must be a map of 'resources' and 'data'`);
    else if (version !== undefined && meetsConstraint(version, constraint)) layOver(merged, value, 0);
  }
  return merged;
}

/** Sections hold types, types hold keys, and some keys hold names. */
function layOver(base: YAMLMap, variant: YAMLMap, depth: number): void {
  for (const { key, value } of variant.items) {
    const name = isScalar(key) ? key.value : key;
    const below = base.get(name, true) as Node | undefined;
    const isOpen = depth < 2 || (depth === 2 && TABLES.has(String(name)));
    if (isMap(value) && isMap(below) && isOpen) layOver(below, value, depth + 1);
    else if (depth === 3 && isScalar(value) && value.value === null) base.delete(name);
    else replace(base, key, value);
  }
}

/** Not `set`, which would keep the place of the scalar that was there. */
function replace(base: YAMLMap, key: unknown, value: unknown): void {
  const name = isScalar(key) ? key.value : key;
  base.delete(name);
  base.add({ key, value });
}
