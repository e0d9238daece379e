import type { StackWarning } from "../run/run-event.ts";
import type { Paint } from "../text/paint.ts";
import { count, listed, warningLines } from "./words.ts";

const MOST_SHOWN = 20;

/**
 * What Terraform warned of, told again at the end of a run: assertions that failed first, and what it says of several
 * stacks in the same words once.
 */
export function renderWarnings(warnings: readonly StackWarning[], paint: Paint): readonly string[] {
  const groups = groupsOf([...warnings].sort((left, right) => rankOf(left) - rankOf(right)));
  const left = groups.length - MOST_SHOWN;
  return [
    ...groups.slice(0, MOST_SHOWN).flatMap((group) => renderGroup(group, paint)),
    ...(left > 0 ? [paint(`and ${count(left, "warning")} more above`, "dim")] : []),
  ];
}

function rankOf({ isAssertion }: StackWarning): number {
  return isAssertion ? 0 : 1;
}

function groupsOf(warnings: readonly StackWarning[]): readonly (readonly StackWarning[])[] {
  const groups = new Map<string, StackWarning[]>();
  for (const warning of warnings) {
    const key = `${warning.message}\n${warning.hint}`;
    groups.set(key, [...(groups.get(key) ?? []), warning]);
  }
  return [...groups.values()];
}

function renderGroup([first, ...others]: readonly StackWarning[], paint: Paint): readonly string[] {
  if (!first) return [];
  const [message = "", ...more] = warningLines(first);
  const elsewhere = [...new Set(others.map(({ address }) => address))];
  const word = first.isAssertion
    ? paint("assertion failed", "bold", "red")
    : paint("warning", "bold", "yellow");
  return [
    `${word}: ${first.address}: ${message}`,
    ...more.map((line) => paint(`  ${line}`.trimEnd(), "dim")),
    ...(others.length === 0
      ? []
      : [paint(`  and ${count(others.length, "more time")}, in ${listed(elsewhere)}`, "dim")]),
  ];
}
