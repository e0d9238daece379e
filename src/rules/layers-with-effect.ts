import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child, type MapNode } from "../spec/node.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import type { PlatformRule } from "./rule.ts";

/** A layer lies over a stack that is in its place. */
export const layersWithEffect: PlatformRule = (platform) => [
  ...[...platform.spec.environments.values()].flatMap(({ name, node }) =>
    uselessLayers(node, platform, `in environment '${name}'`, (stack) => stack.environment.name === name),
  ),
  ...[...platform.spec.customers.values()].flatMap((customer) => [
    ...uselessLayers(
      customer.node,
      platform,
      `for customer '${customer.name}'`,
      (stack) => stack.customer === customer.name,
    ),
    ...[...customer.environments].flatMap(([environment, { node }]) =>
      uselessLayers(
        node,
        platform,
        `for customer '${customer.name}' in environment '${environment}'`,
        (stack) => stack.customer === customer.name && stack.environment.name === environment,
      ),
    ),
  ]),
];

function uselessLayers(
  node: MapNode,
  { stacks }: Platform,
  where: string,
  isThere: (stack: Stack) => boolean,
): Diagnostic[] {
  const layers = child(node, "stacks");
  const names = new Set(stacks.filter(isThere).map((stack) => stack.name));
  return [...(layers?.kind === "map" ? layers.entries : [])]
    .filter(([name]) => !names.has(name))
    .map(([name, { keyRange }]) => ({
      code: "unused",
      severity: "warning",
      message: `stack '${name}' is not there ${where}, so this layer changes nothing`,
      hint: "take the layer out, or add the stack to that place",
      range: keyRange,
    }));
}
