import type { SpecNode } from "../spec/node.ts";
import { evaluateNode } from "../templates/evaluate.ts";
import { isList, isMap, type Value } from "../templates/value.ts";
import { nameScopes } from "./name-scopes.ts";
import type { Platform } from "./platform-model.ts";
import { moduleNameOf } from "./read-module-calls.ts";
import type { Stack } from "./stack.ts";

/** What a node of a stack's definition is with its templates evaluated, by the path that it stands at; undefined where it is removed. */
export function valueAt(
  platform: Platform,
  stack: Stack,
  path: readonly string[],
  node: SpecNode,
): Value | undefined {
  if (node.kind === "unset") return undefined;
  const [first, ...rest] = path;
  switch (first) {
    case "inputs":
      return inputOf(stack, moduleNameOf(stack.name), rest) ?? literalOf(node);
    case "modules":
      if (rest[1] !== "inputs") return literalOf(node);
      return inputOf(stack, rest[0] ?? "", rest.slice(2)) ?? literalOf(node);
    case "state":
      if (rest[0] === "key") return stack.state.key;
      return rest[0] === "config" ? descend(stack.state.config, rest.slice(1)) : literalOf(node);
    case "providers":
      return descend(stack.providers.get(rest[0] ?? "")?.config, rest.slice(1)) ?? literalOf(node);
    case "data":
    case "resources":
    case "assertions":
    case "extra":
      return descend(stack[first], rest);
    case "outputs":
      return rest[1] === "value"
        ? descend(stack.outputs.get(rest[0] ?? "")?.value, rest.slice(2))
        : literalOf(node);
    case "checks": {
      const check = stack.checks.find((one) => one.name === rest[0]);
      return rest[1] === check?.kind ? descend(check?.settings, rest.slice(2)) : literalOf(node);
    }
    case "steps": {
      const step = stack.steps.find((one) => one.name === rest[0]);
      return rest[1] === step?.kind ? descend(step?.settings, rest.slice(2)) : literalOf(node);
    }
    default:
      return evaluateNode(node, nameScopes(platform.spec, () => undefined).static(stack), () => undefined);
  }
}

function inputOf(stack: Stack, call: string, path: readonly string[]): Value | undefined {
  const [name = "", ...rest] = path;
  return descend(stack.modules.find((one) => one.name === call)?.inputs.get(name)?.value, rest);
}

/** Follows a path into a value; undefined where it leads nowhere. */
export function descend(value: Value | undefined, path: readonly string[]): Value | undefined {
  let at = value;
  for (const step of path) {
    if (at === undefined) return undefined;
    at = isMap(at) ? at.get(step) : isList(at) ? at[Number(step)] : undefined;
  }
  return at;
}

function literalOf(node: SpecNode): Value {
  switch (node.kind) {
    case "scalar":
      return node.value;
    case "list":
      return node.items.map(literalOf);
    case "unset":
      return null;
    case "map":
      return new Map([...node.entries].map(([key, entry]) => [key, literalOf(entry.value)]));
  }
}
