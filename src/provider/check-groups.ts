import type { ProviderProblem } from "./provider-engine.ts";
import type { TypeOverlay } from "./type-overlay.ts";
import { UNKNOWN, type Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/**
 * What the overlay says of attributes together: of which exactly one, at least one or at most one is set, and which
 * need others. What is unknown may turn out to be set or not; a group inside of a block counts where the block stands.
 */
export function checkGroups(overlay: TypeOverlay | undefined, config: Value): readonly ProviderProblem[] {
  const { exactlyOneOf = [], atLeastOneOf = [], conflicts = [], requiredWith = {} } = overlay ?? {};
  const check = (groups: readonly Names[], rule: (group: Group) => readonly ProviderProblem[]) =>
    groups.filter((names) => stands(names[0]!, config)).flatMap((names) => rule(groupOf(names, config)));
  return [
    ...check(exactlyOneOf, (group) => [...atMostOne(group, "Exactly"), ...atLeastOne(group)]),
    ...check(atLeastOneOf, atLeastOne),
    ...check(conflicts, (group) => atMostOne(group, "At most")),
    ...Object.entries(requiredWith).flatMap(([name, needed]) => needing(name, needed, config)),
  ];
}

type Names = readonly string[];

interface Group {
  readonly names: Names;
  readonly set: Names;
  readonly isOpen: boolean;
}

function groupOf(names: Names, config: Value): Group {
  const values = names.map((name) => valueAt(config, name));
  return {
    names,
    set: names.filter((_, at) => isSet(values[at]!)),
    isOpen: values.includes(UNKNOWN),
  };
}

function atMostOne({ names, set }: Group, amount: string): readonly ProviderProblem[] {
  if (set.length < 2) return [];
  const given = set.map(quoted).join(" and ");
  return [problem(`${amount} one of ${listed(names)} can be set, not ${given}. Remove all but one.`, set[1])];
}

function atLeastOne({ names, set, isOpen }: Group): readonly ProviderProblem[] {
  return set.length > 0 || isOpen ? [] : [problem(`One of ${listed(names)} must be set.`, undefined)];
}

function needing(name: string, needed: Names, config: Value): readonly ProviderProblem[] {
  if (!isSet(valueAt(config, name))) return [];
  const lacking = needed.filter((one) => {
    const value = valueAt(config, one);
    return value !== UNKNOWN && !isSet(value);
  });
  return lacking.length === 0
    ? []
    : [problem(`With ${quoted(name)}, ${listed(lacking)} must be set as well.`, name)];
}

/** Whether the block that holds it is there, or may be. */
function stands(name: string, config: Value): boolean {
  const at = name.lastIndexOf(".");
  return at < 0 || isSet(valueAt(config, name.slice(0, at)));
}

function isSet(value: Value): boolean {
  if (value === null || value === UNKNOWN) return false;
  return !Array.isArray(value) || value.length > 0;
}

function listed(names: Names): string {
  return names.map(quoted).join(", ");
}

function quoted(name: string): string {
  return `"${name}"`;
}

function problem(detail: string, name: string | undefined): ProviderProblem {
  return {
    severity: "error",
    summary: "Invalid combination of arguments",
    detail,
    path: name === undefined ? [] : name.split(".").slice(0, 1),
  };
}
