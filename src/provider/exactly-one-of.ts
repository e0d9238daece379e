import type { ProviderProblem } from "./provider-engine.ts";
import type { TypeOverlay } from "./type-overlay.ts";
import { UNKNOWN, type Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** Of the names of which exactly one is set, more or none; what is unknown may turn out to be set or not. */
export function exactlyOneOf(overlay: TypeOverlay | undefined, config: Value): readonly ProviderProblem[] {
  return (overlay?.exactlyOneOf ?? []).flatMap((names) => {
    const values = names.map((name) => valueAt(config, name));
    const set = names.filter((_, at) => isSet(values[at]!));
    const list = names.map((name) => `"${name}"`).join(", ");
    if (set.length > 1) {
      const given = set.map((name) => `"${name}"`).join(" and ");
      return [problem(`Exactly one of ${list} can be set, not ${given}. Remove all but one.`, set[1]!)];
    }
    if (set.length === 1 || values.includes(UNKNOWN)) return [];
    return [problem(`One of ${list} must be set.`, undefined)];
  });
}

function isSet(value: Value): boolean {
  if (value === null || value === UNKNOWN) return false;
  return !Array.isArray(value) || value.length > 0;
}

function problem(detail: string, name: string | undefined): ProviderProblem {
  return {
    severity: "error",
    summary: "Invalid combination of arguments",
    detail,
    path: name === undefined ? [] : name.split(".").slice(0, 1),
  };
}
