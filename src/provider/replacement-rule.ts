import { equalValues } from "./equal-values.ts";
import type { Value } from "./value.ts";

/**
 * A change that makes a new resource where other changes of the same attribute do not. `null` stands for what is not
 * set; without `from` every value counts that is set, without `to` every other one.
 */
export interface ReplacementRule {
  readonly from?: readonly Value[];
  /** `less`: a number below the earlier one. */
  readonly to?: readonly Value[] | "less";
}

/** Whether a change of one value meets a rule; of what is not known yet only a rule without `to` can tell. */
export function meetsRule({ from, to }: ReplacementRule, prior: Value, planned: Value): boolean {
  const before = isEmpty(prior) ? null : prior;
  const after = isEmpty(planned) ? null : planned;
  if (equalValues(before, after)) return false;
  if (from === undefined ? before === null : !isAmong(from, before)) return false;
  if (to === "less") return isLess(after, before);
  return to === undefined || isAmong(to, after);
}

/** Versions are numbers that are written as text; what is not set or not known is no number. */
function isLess(after: Value, before: Value): boolean {
  const isSaid = after !== null && typeof after !== "symbol";
  return isSaid && Number(after) < Number(before);
}

function isAmong(values: readonly Value[], value: Value): boolean {
  return values.some((one) => equalValues(folded(one), folded(value)));
}

/** Clouds take most of their words in any case. */
function folded(value: Value): Value {
  return typeof value === "string" ? value.toLowerCase() : value;
}

/** An attribute that was emptied is one that is not set. */
function isEmpty(value: Value): boolean {
  return value === "" || (Array.isArray(value) && value.length === 0);
}
