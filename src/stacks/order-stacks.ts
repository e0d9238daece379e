import type { Graph } from "../graph/graph.ts";
import type { Stack } from "./stack.ts";

/**
 * The graph of stacks by address: references, `after`, and stages as one node per stage and scope, so that a
 * stage costs as many edges as it has stacks, and no customer waits for another.
 */
export function orderStacks(stacks: readonly Stack[], stages: readonly string[]): Graph {
  const upstreamOf = new Map<string, readonly string[]>();
  const gates = new Map<string, string[]>();
  for (const scope of new Set(stacks.map(scopeOf))) {
    for (const index of stages.keys())
      gates.set(gateOf(scope, index), index === 0 ? [] : [gateOf(scope, index - 1)]);
  }
  for (const stack of stacks) {
    const index = stages.indexOf(stack.stage);
    gates.get(gateOf(scopeOf(stack), index))?.push(stack.address);
    const before = [...new Set([scopeOf(stack), stack.environment.name])].map((scope) =>
      gateOf(scope, index - 1),
    );
    upstreamOf.set(stack.address, [...stack.upstream, ...before.filter((gate) => gates.has(gate))]);
  }
  for (const [gate, upstream] of gates) upstreamOf.set(gate, upstream);
  return { nodes: [...stacks.map((stack) => stack.address), ...gates.keys()], upstreamOf };
}

/** Whether a node of the order is a stage of an environment or customer rather than a stack. */
export function isGate(node: string): boolean {
  return node.startsWith("stage:");
}

function gateOf(scope: string, stageIndex: number): string {
  return `stage:${scope}:${stageIndex}`;
}

function scopeOf(stack: Stack): string {
  return stack.customer === undefined
    ? stack.environment.name
    : `${stack.environment.name}/${stack.customer}`;
}
