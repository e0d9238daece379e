import { type Json, isJsonList, isJsonMap } from "./json.ts";
import { elementsOf, memberOf, membersOf, textOf, textsOf } from "./read-json.ts";
import type { ConfiguredCall, ConfiguredModule, ConfiguredResource, References } from "./plan.ts";

/** Reads who refers to what from a module of the `configuration` part of a plan. */
export function parseConfiguration(module: Json | undefined): ConfiguredModule {
  const calls = [...membersOf(memberOf(module, "module_calls"))];
  const outputs = [...membersOf(memberOf(module, "outputs"))];
  return {
    resources: elementsOf(memberOf(module, "resources")).map(parseResource),
    calls: new Map(calls.map(([name, call]) => [name, parseCall(call)])),
    outputs: new Map(outputs.map(([name, output]) => [name, referencesIn(memberOf(output, "expression"))])),
  };
}

function parseResource(resource: Json): ConfiguredResource {
  return {
    address: textOf(memberOf(resource, "address")) ?? "",
    ...instancesOf(resource),
    references: referencesIn(memberOf(resource, "expressions")),
    arguments: new Set(argumentsIn(memberOf(resource, "expressions"))),
  };
}

/** Keys of blocks and of what is written in them, not of the expressions themselves. */
function argumentsIn(expressions: Json | undefined): readonly string[] {
  if (isJsonList(expressions)) return expressions.flatMap(argumentsIn);
  if (!isJsonMap(expressions)) return [];
  return [...expressions].flatMap(([name, inner]) =>
    name === "constant_value" || name === "references" ? [] : [name, ...argumentsIn(inner)],
  );
}

function parseCall(call: Json): ConfiguredCall {
  const inputs = [...membersOf(memberOf(call, "expressions"))];
  return {
    ...instancesOf(call),
    inputs: new Map(inputs.map(([name, expression]) => [name, referencesIn(expression)])),
    module: parseConfiguration(memberOf(call, "module")),
  };
}

function instancesOf(block: Json): { readonly forEach: References; readonly count: References } {
  return {
    forEach: referencesIn(memberOf(block, "for_each_expression")),
    count: referencesIn(memberOf(block, "count_expression")),
  };
}

/** Terraform lists "local.up.tags" and then its parents "local.up": only the longest say something. */
function referencesIn(expression: Json | undefined): References {
  const all = [...new Set(collectReferences(expression))];
  return all.filter(
    (one) => !all.some((other) => other.startsWith(`${one}.`) || other.startsWith(`${one}[`)),
  );
}

function collectReferences(expression: Json | undefined): readonly string[] {
  if (isJsonList(expression)) return expression.flatMap(collectReferences);
  if (!isJsonMap(expression)) return [];
  return [...expression].flatMap(([key, inner]) => {
    if (key === "constant_value") return [];
    return key === "references" ? textsOf(inner) : collectReferences(inner);
  });
}
