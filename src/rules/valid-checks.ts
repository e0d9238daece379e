import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { findCycle } from "../graph/find-cycle.ts";
import { child, type SpecNode, textOf } from "../spec/node.ts";
import { CHECK_KINDS } from "../stacks/read-checks.ts";
import type { CheckSpec, Stack } from "../stacks/stack.ts";
import { didYouMean, quoted } from "./did-you-mean.ts";
import type { PlatformRule } from "./rule.ts";

/** A check is of exactly one kind, and comes after other checks of its stack, never in a circle. */
export const validChecks: PlatformRule = ({ stacks }) =>
  stacks.flatMap((stack) => [...stack.checks.flatMap((check) => inCheck(stack, check)), ...circle(stack)]);

function inCheck(stack: Stack, check: CheckSpec): Diagnostic[] {
  const node = child(child(stack.definition, "checks"), check.name);
  return [...oneKind(check, node), ...unknownChecks(stack, check, child(node, "after"))];
}

function oneKind({ name, range }: CheckSpec, node: SpecNode | undefined): Diagnostic[] {
  const entries = node?.kind === "map" ? [...node.entries].filter(([key]) => CHECK_KINDS.has(key)) : [];
  if (entries.length === 1) return [];
  const hint = `write exactly one of ${quoted([...CHECK_KINDS])}`;
  if (entries.length === 0)
    return [{ code: "bad-check", severity: "error", message: `check '${name}' checks nothing`, hint, range }];
  const [, ...others] = entries;
  const message = `check '${name}' is ${quoted(entries.map(([key]) => key))} at once`;
  const related = others.map(([key, { keyRange }]) => ({ message: `'${key}' stands here`, range: keyRange }));
  return [
    {
      code: "bad-check",
      severity: "error",
      message,
      hint: "make a check of each",
      range: entries[0]![1].keyRange,
      related,
    },
  ];
}

function unknownChecks(stack: Stack, check: CheckSpec, after: SpecNode | undefined): Diagnostic[] {
  const names = stack.checks.map((one) => one.name);
  const others = names.filter((name) => name !== check.name);
  return (after?.kind === "list" ? after.items : []).flatMap((item): Diagnostic[] => {
    const name = textOf(item);
    if (name === undefined || names.includes(name)) return [];
    const message = `stack '${stack.name}' has no check '${name}'`;
    const hint = didYouMean(name, others, "its other checks are", "it has no other checks");
    return [{ code: "bad-check", severity: "error", message, hint, range: item.range }];
  });
}

function circle(stack: Stack): Diagnostic[] {
  const upstreamOf = new Map(stack.checks.map((check) => [check.name, check.after]));
  const cycle = findCycle({ nodes: [...upstreamOf.keys()], upstreamOf });
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return [];
  const loop = [...cycle, first].map((name) => `'${name}'`).join(" → ");
  const message = `checks of stack '${stack.name}' come after each other in a circle: ${loop}`;
  const range = stack.checks.find((check) => check.name === first)?.range ?? stack.spec.range;
  return [{ code: "bad-check", severity: "error", message, hint: "take one of them out of 'after'", range }];
}
