import { mergeMaps } from "../spec/merge-nodes.ts";
import { child, type MapNode, type SpecNode, textOf } from "../spec/node.ts";
import type { CustomerSpec, EnvironmentSpec, PlatformSpec, StackSpec } from "../spec/platform.ts";
import { evaluateNode, type Report } from "../templates/evaluate.ts";
import { isInvalid, isList, isMap, type Value } from "../templates/value.ts";
import { byCodePoint } from "../text/compare.ts";
import { addressOf } from "./address-of.ts";
import type { NameScopes } from "./name-scopes.ts";
import type { EachKey, Layer, StackInstance } from "./stack.ts";

/** Every stack of the platform in every place where it is. */
export interface ExpandedStacks {
  /** Sorted by address. */
  readonly instances: readonly StackInstance[];
  /** Names of stacks of which a mistake in `for_each` keeps instances from being known. */
  readonly unsure: ReadonlySet<string>;
}

/** Finds every place where a stack is: environment, customer and key of `for_each`. */
export function expandStacks(spec: PlatformSpec, scopes: NameScopes, report: Report): ExpandedStacks {
  const unsure = new Set<string>();
  const instances = [...spec.stacks.values()].flatMap((stack) =>
    placesOf(spec, stack).flatMap((place) => placeStack(place, scopes, report, unsure)),
  );
  return { instances: instances.sort((left, right) => byCodePoint(left.address, right.address)), unsure };
}

interface Place {
  readonly spec: PlatformSpec;
  readonly stack: StackSpec;
  readonly environment: EnvironmentSpec;
  readonly customer: CustomerSpec | undefined;
}

function placesOf(spec: PlatformSpec, stack: StackSpec): Place[] {
  const isPerCustomer = textOf(child(stack.node, "per")) === "customer";
  return environmentsOf(spec, stack).flatMap((environment) => {
    const customers = isPerCustomer ? customersOf(spec, stack, environment) : [undefined];
    return customers.map((customer) => ({ spec, stack, environment, customer }));
  });
}

function environmentsOf(spec: PlatformSpec, stack: StackSpec): EnvironmentSpec[] {
  const named = child(stack.node, "environments");
  const all = [...spec.environments.values()];
  if (named?.kind !== "list") return all.filter((environment) => !environment.isShared);
  const names = new Set(named.items.map(textOf));
  return all.filter((environment) => names.has(environment.name));
}

function customersOf(spec: PlatformSpec, stack: StackSpec, environment: EnvironmentSpec): CustomerSpec[] {
  const app = textOf(child(stack.node, "app"));
  return [...spec.customers.values()].filter(
    (customer) =>
      customer.environments.has(environment.name) && (app === undefined || customer.apps.includes(app)),
  );
}

function placeStack(
  { spec, stack, environment, customer }: Place,
  scopes: NameScopes,
  report: Report,
  unsure: Set<string>,
): StackInstance[] {
  const layers = layersOf(stack, environment, customer);
  const [lowest = stack.node, ...higher] = layers.map((layer) => layer.node);
  const definition = mergeMaps(lowest, ...higher);
  const address = textOf(child(definition, "address")) ?? stack.name;
  const place = (each: EachKey | undefined): StackInstance => ({
    spec: stack,
    name: stack.name,
    environment,
    customer: customer?.name,
    each,
    app: textOf(child(definition, "app")),
    address: addressOf({ environment, customer: customer?.name, each }, address),
    stage: textOf(child(definition, "stage")) ?? spec.stages[0] ?? "",
    layers,
    definition,
  });
  const forEach = child(definition, "for_each");
  if (!forEach) return [place(undefined)];
  const keys = eachKeys(forEach, place(undefined), scopes, report);
  if (!keys) unsure.add(stack.name);
  return (keys ?? []).map(place);
}

function layersOf(
  stack: StackSpec,
  environment: EnvironmentSpec,
  customer: CustomerSpec | undefined,
): Layer[] {
  const layers: readonly (readonly [Layer["origin"], MapNode | undefined])[] = [
    ["stack", stack.node],
    ["environment", environment.stackLayers.get(stack.name)],
    ["customer", customer?.stackLayers.get(stack.name)],
    ["customer in environment", customer?.environments.get(environment.name)?.stackLayers.get(stack.name)],
  ];
  return layers.flatMap(([origin, node]) => (node ? [{ origin, node }] : []));
}

/** The keys of `for_each`, sorted; undefined where they cannot be known. */
function eachKeys(
  node: SpecNode,
  instance: StackInstance,
  scopes: NameScopes,
  report: Report,
): readonly EachKey[] | undefined {
  const value = evaluateNode(node, scopes.static(instance), report);
  if (isInvalid(value)) return undefined;
  const keys = keysOf(value);
  if (!keys) {
    report({
      code: "wrong-type",
      severity: "error",
      message: "'for_each' must be a map, or a list of names, that is known at compile time",
      hint: "one stack is made for each key; write a map of your data, or name one under 'vars'",
      range: node.range,
    });
    return undefined;
  }
  const bad = keys.filter((one) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(one.key));
  for (const { key } of bad) {
    report({
      code: "bad-name",
      severity: "error",
      message: `the key '${key}' of 'for_each' cannot be part of an address`,
      hint: "keys are lower-case letters, digits and single dashes",
      range: (node.kind === "map" ? node.entries.get(key)?.keyRange : undefined) ?? node.range,
    });
  }
  if (bad.length > 0) return undefined;
  return [...keys].sort((left, right) => byCodePoint(left.key, right.key));
}

function keysOf(value: Value): readonly EachKey[] | undefined {
  if (isMap(value)) return [...value].map(([key, item]) => ({ key, value: item }));
  if (!isList(value) || !value.every((item) => typeof item === "string")) return undefined;
  return value.map((item) => ({ key: String(item), value: item }));
}
