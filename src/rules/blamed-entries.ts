import type { Condition } from "../modules/condition.ts";
import { byCodePoint } from "../text/compare.ts";
import { isJsonObject } from "../text/json.ts";
import { evaluateCondition, type Names, roundsOf } from "./evaluate-condition.ts";

/** An entry that a condition refuses: its path from the variable on, and whether its key or its value is at fault. */
export interface BlamedEntry {
  readonly path: readonly (string | number)[];
  readonly part: "key" | "value";
}

/**
 * The entries for which a condition that is false is false: those that its `alltrue([for ...])` refuses. Empty where the
 * condition is about something else too, or where it could be mended in several ways.
 */
export function blamedEntries(condition: Condition, names: Names): readonly BlamedEntry[] {
  const isFalse = (one: Condition): boolean => evaluateCondition(one, names) === false;
  if (condition.kind === "choice") {
    const { test, then, otherwise } = condition;
    return blamedEntries(evaluateCondition(test, names) === true ? then : otherwise, names);
  }
  if (condition.kind === "operation") {
    const { operator, left, right } = condition;
    if (operator === "||") return isNullTest(left) ? blamedEntries(right, names) : [];
    if (operator !== "&&") return [];
    const blamed = [left, right].filter(isFalse).map((side) => blamedEntries(side, names));
    return blamed.every((entries) => entries.length > 0) ? blamed.flat() : [];
  }
  if (condition.kind !== "call" || condition.name !== "alltrue") return [];
  const [loop] = condition.arguments;
  return loop?.kind === "for" ? refusedRounds(loop, names) : [];
}

function refusedRounds(loop: Extract<Condition, { kind: "for" }>, names: Names): BlamedEntry[] {
  const { over } = loop;
  const isCall = over.kind === "call" && (over.name === "keys" || over.name === "values");
  const looped = isCall ? over.arguments[0] : over;
  const path = looped && pathOf(looped);
  if (!looped || !path) return [];
  const keys = keysOf(looped, names);
  const [, second] = loop.names;
  const isOfKeys = isCall ? over.name === "keys" : second !== undefined && !mentions(loop.each, second);
  const part = isOfKeys ? "key" : "value";
  return roundsOf(loop, names)
    .filter((round) => evaluateCondition(loop.each, round.names) === false)
    .map(({ key }) => ({ path: [...path, isCall ? (keys[Number(key)] ?? key) : key], part }));
}

function mentions(condition: Condition, name: string): boolean {
  if (condition.kind === "name") return condition.name === name;
  return Object.values(condition)
    .flat()
    .some(
      (one) => typeof one === "object" && one !== null && "kind" in one && mentions(one as Condition, name),
    );
}

/** The keys of a map in Terraform's order, in which `keys` and `values` give them. */
function keysOf(looped: Condition, names: Names): readonly string[] {
  const value = evaluateCondition(looped, names);
  return isJsonObject(value) ? Object.keys(value).sort(byCodePoint) : [];
}

/** The path after `var.NAME`; undefined for anything else. */
function pathOf(condition: Condition): readonly string[] | undefined {
  if (condition.kind !== "member" || condition.key.kind !== "literal") return undefined;
  if (condition.of.kind === "name") return condition.of.name === "var" ? [] : undefined;
  const above = pathOf(condition.of);
  return above && typeof condition.key.value === "string" ? [...above, condition.key.value] : undefined;
}

function isNullTest(condition: Condition): boolean {
  const isNull = (one: Condition): boolean => one.kind === "literal" && one.value === null;
  return (
    condition.kind === "operation" &&
    condition.operator === "==" &&
    (isNull(condition.left) || isNull(condition.right))
  );
}
