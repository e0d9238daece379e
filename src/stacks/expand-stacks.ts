import { mergeMaps } from "../spec/merge-nodes.ts";
import { child, type MapNode, type SpecNode, textOf } from "../spec/node.ts";
import type { CustomerSpec, EnvironmentSpec, PlatformSpec, StackSpec } from "../spec/platform.ts";
import { evaluateNode, type Report } from "../templates/evaluate.ts";
import { isList, isMap, type Value } from "../templates/value.ts";
import { byCodePoint } from "../text/compare.ts";
import type { NameScopes } from "./name-scopes.ts";
import type { EachKey, Layer, StackInstance } from "./stack.ts";

/** Every stack of the platform in every place where it is, sorted by address. */
export function expandStacks(spec: PlatformSpec, scopes: NameScopes, report: Report): readonly StackInstance[] {
  const instances = [...spec.stacks.values()].flatMap((stack) => expandStack(spec, stack, scopes, report));
  return instances.sort((left, right) => byCodePoint(left.address, right.address));
}

function expandStack(spec: PlatformSpec, stack: StackSpec, scopes: NameScopes, report: Report): StackInstance[] {
  const environments = environmentsOf(spec, stack);
  const isPerCustomer = textOf(child(stack.node, "per")) === "customer";
  return environments.flatMap((environment) => {
    const customers = isPerCustomer ? customersOf(spec, stack, environment) : [undefined];
    return customers.flatMap((customer) => placeStack(spec, stack, environment, customer, scopes, report));
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
    (customer) => customer.environments.has(environment.name) && (app === undefined || customer.apps.includes(app)),
  );
}

function placeStack(
  spec: PlatformSpec,
  stack: StackSpec,
  environment: EnvironmentSpec,
  customer: CustomerSpec | undefined,
  scopes: NameScopes,
  report: Report,
): StackInstance[] {
  const layers = layersOf(stack, environment, customer);
  const [lowest = stack.node, ...higher] = layers.map((layer) => layer.node);
  const definition = mergeMaps(lowest, ...higher);
  const base = [environment.name, ...(customer ? [customer.name] : []), textOf(child(definition, "address")) ?? stack.name].join("/");
  const place = (each: EachKey | undefined): StackInstance => ({
    spec: stack,
    name: stack.name,
    environment,
    customer: customer?.name,
    each,
    app: textOf(child(definition, "app")),
    address: each ? `${base}/${each.key}` : base,
    stage: textOf(child(definition, "stage")) ?? spec.stages[0] ?? "",
    layers,
    definition,
  });
  const forEach = child(definition, "for_each");
  return forEach ? eachKeys(forEach, place(undefined), scopes, report).map(place) : [place(undefined)];
}

function layersOf(stack: StackSpec, environment: EnvironmentSpec, customer: CustomerSpec | undefined): Layer[] {
  const layers: readonly (readonly [Layer["origin"], MapNode | undefined])[] = [
    ["stack", stack.node],
    ["environment", environment.stackLayers.get(stack.name)],
    ["customer", customer?.stackLayers.get(stack.name)],
    ["customer in environment", customer?.environments.get(environment.name)?.stackLayers.get(stack.name)],
  ];
  return layers.flatMap(([origin, node]) => (node ? [{ origin, node }] : []));
}

function eachKeys(node: SpecNode, instance: StackInstance, scopes: NameScopes, report: Report): EachKey[] {
  const value = evaluateNode(node, scopes.static(instance), report);
  const keys = keysOf(value);
  if (!keys) {
    report({
      code: "wrong-type",
      severity: "error",
      message: "'for_each' must be a map, or a list of names, that is known at compile time",
      hint: "one stack is made for each key; write a map of your data, or name one under 'vars'",
      range: node.range,
    });
    return [];
  }
  for (const { key } of keys) {
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key)) {
      report({
        code: "bad-name",
        severity: "error",
        message: `the key '${key}' of 'for_each' cannot be part of an address`,
        hint: "keys are lower-case letters, digits and dashes",
        range: node.range,
      });
    }
  }
  return [...keys].sort((left, right) => byCodePoint(left.key, right.key));
}

function keysOf(value: Value): readonly EachKey[] | undefined {
  if (isMap(value)) return [...value].map(([key, item]) => ({ key, value: item }));
  if (!isList(value) || !value.every((item) => typeof item === "string")) return undefined;
  return value.map((item) => ({ key: String(item), value: item }));
}
