import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Range } from "../source/source.ts";
import { child, type SpecNode } from "../spec/node.ts";
import type { SpecRule } from "./rule.ts";

/** Every name of an environment, customer, app, stage or stack stands for one that the spec declares. */
export const knownNames: SpecRule = (spec) => {
  const found: Diagnostic[] = [];
  const check = (node: SpecNode | undefined, kind: string, known: readonly string[]): void => {
    for (const item of node?.kind === "list" ? node.items : node ? [node] : []) {
      if (item.kind === "scalar" && typeof item.value === "string" && !known.includes(item.value))
        found.push(unknown(kind, item.value, item.range, known));
    }
  };
  const environments = [...spec.environments.keys()];
  const stacks = [...spec.stacks.keys()];
  for (const environment of spec.environments.values()) {
    if (environment.after !== undefined && !environments.includes(environment.after))
      found.push(unknown("environment", environment.after, environment.range, environments));
    checkLayers(environment.stackLayers, stacks, found);
  }
  for (const customer of spec.customers.values()) {
    const apps = [...spec.apps.keys()];
    for (const app of customer.apps)
      if (!apps.includes(app)) found.push(unknown("app", app, customer.range, apps));
    for (const name of customer.environments.keys())
      if (!environments.includes(name))
        found.push(unknown("environment", name, customer.range, environments));
    checkLayers(customer.stackLayers, stacks, found);
    for (const place of customer.environments.values()) checkLayers(place.stackLayers, stacks, found);
  }
  for (const stack of spec.stacks.values()) {
    check(child(stack.node, "environments"), "environment", environments);
    check(child(stack.node, "app"), "app", [...spec.apps.keys()]);
    check(child(stack.node, "stage"), "stage", spec.stages);
  }
  check(child(spec.state, "bootstrap"), "stack", stacks);
  return found;
};

function checkLayers(
  layers: ReadonlyMap<string, SpecNode>,
  stacks: readonly string[],
  found: Diagnostic[],
): void {
  for (const [name, layer] of layers)
    if (!stacks.includes(name)) found.push(unknown("stack", name, layer.range, stacks));
}

function unknown(kind: string, name: string, range: Range, known: readonly string[]): Diagnostic {
  const near = suggest(name, known);
  return {
    code: kind === "stack" ? "unknown-stack" : "unknown-name",
    severity: "error",
    message: `there is no ${kind} '${name}'`,
    hint: near
      ? `did you mean '${near}'?`
      : known.length > 0
        ? `there are ${known.map((one) => `'${one}'`).join(", ")}`
        : `declare it first`,
    range,
  };
}
