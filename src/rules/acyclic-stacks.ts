import { findCycle } from "../graph/find-cycle.ts";
import { isGate } from "../stacks/order-stacks.ts";
import type { PlatformRule } from "./rule.ts";

/** No stack needs itself by way of others; stages count as order too. */
export const acyclicStacks: PlatformRule = ({ order, stackByAddress }) => {
  const cycle = findCycle(order);
  if (!cycle) return [];
  const addresses = cycle.filter((node) => !isGate(node));
  const stacks = addresses.flatMap((address) => stackByAddress.get(address) ?? []);
  const [first] = stacks;
  if (!first) return [];
  const isByStage = addresses.length < cycle.length;
  const loop = [...addresses, addresses[0] ?? ""].map((address) => `'${address}'`).join(" → ");
  return [
    {
      code: isByStage ? "stage-contradiction" : "dependency-cycle",
      severity: "error",
      message: isByStage
        ? `the stages contradict the references of these stacks: ${loop}`
        : `stacks need each other in a circle: ${loop}`,
      hint: isByStage
        ? `a stack comes after all stacks of earlier stages: ${stacks.map((stack) => `'${stack.address}' is in stage '${stack.stage}'`).join(", ")}; move one to another stage`
        : "take what both need into a stack of its own, or pass one of the values by 'vars'",
      range: first.spec.range,
      related: stacks
        .slice(1)
        .map((stack) => ({ message: `'${stack.address}' is on the way`, range: stack.spec.range })),
    },
  ];
};
