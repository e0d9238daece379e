import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { Range } from "../source/source.ts";
import { child, type MapNode, type SpecNode, textOf } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import { didYouMean } from "./did-you-mean.ts";
import type { SpecRule } from "./rule.ts";

/** Every name of an environment, customer, app, stage or stack stands for one that the spec declares. */
export const knownNames: SpecRule = (spec) => [
  ...[...spec.environments.values()].flatMap(({ node }) => [
    ...unknownNames(child(node, "after"), "environment", [...spec.environments.keys()]),
    ...inLayers(node, spec),
  ]),
  ...[...spec.customers.values()].flatMap(({ node }) => inCustomer(node, spec)),
  ...[...spec.stacks.values()].flatMap(({ node }) => inStack(node, spec)),
  ...unknownNames(child(spec.state, "bootstrap"), "stack", [...spec.stacks.keys()]),
  ...unknownNames(child(spec.github.settings, "rehearse"), "environment", [...spec.environments.keys()]),
  ...[child(spec.github.aws.node, "apply_roles"), child(spec.github.azure.node, "client_ids")].flatMap(
    (node) => unknownKeys(node, "environment", [...spec.environments.keys()]),
  ),
];

function inCustomer(node: MapNode, spec: PlatformSpec): Diagnostic[] {
  const environments = child(node, "environments");
  const places = environments?.kind === "map" ? [...environments.entries.values()] : [];
  return [
    ...unknownNames(child(node, "apps"), "app", [...spec.apps.keys()]),
    ...unknownKeys(environments, "environment", [...spec.environments.keys()]),
    ...inLayers(node, spec),
    ...places.flatMap(({ value }) => (value.kind === "map" ? inLayers(value, spec) : [])),
  ];
}

function inLayers(node: MapNode, spec: PlatformSpec): Diagnostic[] {
  const layers = child(node, "stacks");
  const known = layers?.kind === "map" ? [...layers.entries].filter(([name]) => spec.stacks.has(name)) : [];
  return [
    ...unknownKeys(layers, "stack", [...spec.stacks.keys()]),
    ...known.flatMap(([, { value }]) => (value.kind === "map" ? inStack(value, spec) : [])),
  ];
}

function inStack(node: MapNode, spec: PlatformSpec): Diagnostic[] {
  return [
    ...unknownNames(child(node, "environments"), "environment", [...spec.environments.keys()]),
    ...unknownNames(child(node, "app"), "app", [...spec.apps.keys()]),
    ...unknownNames(child(node, "stage"), "stage", spec.stages),
  ];
}

function unknownNames(node: SpecNode | undefined, kind: string, known: readonly string[]): Diagnostic[] {
  const items = node?.kind === "list" ? node.items : node ? [node] : [];
  return items.flatMap((item) => {
    const name = textOf(item);
    return name === undefined || known.includes(name) ? [] : [unknown(kind, name, item.range, known)];
  });
}

function unknownKeys(node: SpecNode | undefined, kind: string, known: readonly string[]): Diagnostic[] {
  const keys = node?.kind === "map" ? [...node.entries] : [];
  return keys.flatMap(([name, { keyRange }]) =>
    known.includes(name) ? [] : [unknown(kind, name, keyRange, known)],
  );
}

function unknown(kind: string, name: string, range: Range, known: readonly string[]): Diagnostic {
  return {
    code: kind === "stack" ? "unknown-stack" : "unknown-name",
    severity: "error",
    message: `there is no ${kind} '${name}'`,
    hint: didYouMean(name, known, `the ${kind}s are`, `declare it under '${kind}s'`),
    range,
  };
}
