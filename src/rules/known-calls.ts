import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { findCycle } from "../graph/find-cycle.ts";
import { child, textOf } from "../spec/node.ts";
import type { ModuleCall, Stack } from "../stacks/stack.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { PlatformRule } from "./rule.ts";

/** What a module call comes after is another call of the same stack, and none comes after itself. */
export const knownCalls: PlatformRule = ({ stacks }) =>
  stacks.flatMap((stack) => [
    ...stack.modules.flatMap((call) => unknownCalls(stack, call)),
    ...circle(stack),
  ]);

function unknownCalls(stack: Stack, call: ModuleCall): Diagnostic[] {
  const known = stack.modules.map((one) => one.name).filter((name) => name !== call.name);
  const written = child(child(child(stack.definition, "modules"), call.name), "depends_on");
  const items = written?.kind === "list" ? written.items : [];
  return items.flatMap((item): Diagnostic[] => {
    const name = textOf(item);
    if (name === undefined || stack.modules.some((one) => one.name === name)) return [];
    const hint = didYouMean(name, known, "its other calls are", "it has no other calls");
    const message = `stack '${stack.name}' has no module call '${name}'`;
    return [{ code: "unknown-call", severity: "error", message, hint, range: item.range }];
  });
}

function circle(stack: Stack): Diagnostic[] {
  if (stack.modules.every((call) => call.dependsOn.length === 0)) return [];
  const upstreamOf = new Map(stack.modules.map((call) => [call.name, call.dependsOn]));
  const cycle = findCycle({ nodes: [...upstreamOf.keys()], upstreamOf });
  const [first] = cycle ?? [];
  if (!cycle || first === undefined) return [];
  const loop = [...cycle, first].map((name) => `'${name}'`).join(" → ");
  return [
    {
      code: "dependency-cycle",
      severity: "error",
      message: `module calls of stack '${stack.name}' need each other in a circle: ${loop}`,
      hint: "take one of them out of 'depends_on'",
      range: stack.modules.find((call) => call.name === first)?.range ?? stack.spec.range,
    },
  ];
}
