import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child, type MapNode } from "../spec/node.ts";
import type { Stack } from "../stacks/stack.ts";
import type { PlatformRule } from "./rule.ts";

/** A layer lies over a stack that is in its place. */
export const layersWithEffect: PlatformRule = ({ spec, stacks }) => {
  const placed = placesOf(stacks);
  return [
    ...[...spec.environments.values()].flatMap(({ name, node }) =>
      uselessLayers(node, `in environment '${name}'`, placed.get(placeKey(name, undefined))),
    ),
    ...[...spec.customers.values()].flatMap(({ name, node, environments }) => [
      ...uselessLayers(node, `for customer '${name}'`, placed.get(placeKey(undefined, name))),
      ...[...environments].flatMap(([environment, inEnvironment]) =>
        uselessLayers(
          inEnvironment.node,
          `for customer '${name}' in environment '${environment}'`,
          placed.get(placeKey(environment, name)),
        ),
      ),
    ]),
  ];
};

/** The names of the stacks of each environment, of each customer, and of each customer in an environment. */
function placesOf(stacks: readonly Stack[]): ReadonlyMap<string, ReadonlySet<string>> {
  const result = new Map<string, Set<string>>();
  const add = (key: string, name: string): void => {
    const names = result.get(key);
    if (names) names.add(name);
    else result.set(key, new Set([name]));
  };
  for (const { name, environment, customer } of stacks) {
    add(placeKey(environment.name, undefined), name);
    if (customer === undefined) continue;
    add(placeKey(undefined, customer), name);
    add(placeKey(environment.name, customer), name);
  }
  return result;
}

function placeKey(environment: string | undefined, customer: string | undefined): string {
  return `${environment ?? ""}/${customer ?? ""}`;
}

function uselessLayers(node: MapNode, where: string, names: ReadonlySet<string> | undefined): Diagnostic[] {
  const layers = child(node, "stacks");
  return [...(layers?.kind === "map" ? layers.entries : [])]
    .filter(([name]) => !names?.has(name))
    .map(([name, { keyRange }]) => ({
      code: "unused",
      severity: "warning",
      message: `stack '${name}' is not there ${where}, so this layer changes nothing`,
      hint: "take the layer out, or add the stack to that place",
      range: keyRange,
    }));
}
