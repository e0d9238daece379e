import type { ProviderProblem, TypeContext } from "./provider-engine.ts";
import type { BlockSchema } from "./provider-schema.ts";
import { UNKNOWN, type Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/**
 * What the overlay says of attributes together: of which exactly one, at least one or at most one is set, and which
 * need others. What is unknown may turn out to be set or not; a group inside of a block counts where the block stands.
 */
export function checkGroups(
  { overlay, schema }: Pick<TypeContext, "overlay" | "schema">,
  config: Value,
): readonly ProviderProblem[] {
  const { exactlyOneOf = [], atLeastOneOf = [], conflicts = [], requiredWith = {} } = overlay ?? {};
  const stateOf = (name: string): State => stateAt(schema.block, name, config);
  const check = (groups: readonly Names[], rule: (group: Group) => readonly ProviderProblem[]) =>
    groups.filter((names) => stands(names[0]!, stateOf)).flatMap((names) => rule(groupOf(names, stateOf)));
  return [
    ...check(exactlyOneOf, (group) => [...atMostOne(group, "Exactly"), ...atLeastOne(group)]),
    ...check(atLeastOneOf, atLeastOne),
    ...check(conflicts, (group) => atMostOne(group, "At most")),
    ...Object.entries(requiredWith).flatMap(([name, needed]) => needing(name, needed, stateOf)),
  ];
}

type Names = readonly string[];

type State = "set" | "unset" | "open";

type StateOf = (name: string) => State;

interface Group {
  readonly names: Names;
  readonly set: Names;
  readonly isOpen: boolean;
}

function groupOf(names: Names, stateOf: StateOf): Group {
  return {
    names,
    set: names.filter((name) => stateOf(name) === "set"),
    isOpen: names.some((name) => stateOf(name) === "open"),
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

function needing(name: string, needed: Names, stateOf: StateOf): readonly ProviderProblem[] {
  const lacking = stateOf(name) === "set" ? needed.filter((one) => stateOf(one) === "unset") : [];
  if (lacking.length === 0) return [];
  return [problem(`With ${quoted(name)}, ${listed(lacking)} must be set as well.`, name)];
}

/** Whether the block that holds it is there. */
function stands(name: string, stateOf: StateOf): boolean {
  const at = name.lastIndexOf(".");
  return at < 0 || stateOf(name.slice(0, at)) === "set";
}

/** A list that was written is set even where it is empty; blocks are where there is one. */
function stateAt(block: BlockSchema, name: string, config: Value): State {
  const value = valueAt(config, name);
  if (value === UNKNOWN) return "open";
  if (value === null) return "unset";
  return Array.isArray(value) && value.length === 0 && isBlock(block, name.split(".")) ? "unset" : "set";
}

function isBlock({ blocks }: BlockSchema, [name, ...rest]: Names): boolean {
  const nested = name === undefined ? undefined : blocks.get(name);
  return nested !== undefined && (rest.length === 0 || isBlock(nested.block, rest));
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
