import { mergeMaps } from "../spec/merge-nodes.ts";
import type { MapNode } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import { evaluateNode, type Report } from "../templates/evaluate.ts";
import type { TemplateScope } from "../templates/scope.ts";
import { INVALID, type Value } from "../templates/value.ts";
import { lookUpName, notKnown } from "./look-up-name.ts";
import type { StackVars } from "./name-surroundings.ts";
import type { StackInstance } from "./stack.ts";

/** `vars` with all layers of a stack's place; each entry is evaluated once, when first read, so that they may build on each other. */
export function stackVars(spec: PlatformSpec, instance: StackInstance, report: Report): StackVars {
  const node = varsNode(spec, instance);
  const values = new Map<string, Value>();
  const open: string[] = [];
  const get = (name: string): Value | undefined => {
    const known = values.get(name);
    if (known !== undefined) return known;
    const entry = node.entries.get(name);
    if (!entry) return undefined;
    if (open.includes(name)) {
      const cycle = [...open.slice(open.indexOf(name)), name];
      report({
        code: "variable-cycle",
        severity: "error",
        message: `'vars' need each other in a circle: ${cycle.map((step) => `'${step}'`).join(" → ")}`,
        hint: "give one of them a value of its own",
        range: entry.keyRange,
      });
      return INVALID;
    }
    open.push(name);
    const value = evaluateNode(entry.value, scope, report);
    open.pop();
    values.set(name, value);
    return value;
  };
  const vars: StackVars = {
    names: [...node.entries.keys()],
    get,
    written: (name) => node.entries.get(name),
  };
  const scope: TemplateScope = {
    name: (path, coordinates, range) =>
      lookUpName({ spec, instance, vars, names: {} }, path, coordinates, range),
    file: (path) => notKnown(`path '${path}'`),
  };
  return vars;
}

function varsNode(spec: PlatformSpec, instance: StackInstance): MapNode {
  const customer = instance.customer === undefined ? undefined : spec.customers.get(instance.customer);
  const app = instance.app === undefined ? undefined : spec.apps.get(instance.app);
  const layers = [
    app?.vars,
    instance.environment.vars,
    customer?.vars,
    customer?.environments.get(instance.environment.name)?.vars,
  ].filter((layer) => layer !== undefined);
  return mergeMaps(spec.vars, ...layers);
}
