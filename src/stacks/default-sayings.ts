import type { Range } from "../source/source.ts";
import { literal, mapNode } from "../spec/made-nodes.ts";
import { child, type MapNode, type SpecNode } from "../spec/node.ts";
import { isJsonObject, type Json } from "../text/json.ts";
import type { Saying } from "./layered-values.ts";
import type { Platform } from "./platform-model.ts";
import { moduleNameOf } from "./read-module-calls.ts";
import type { ModuleCall, Stack } from "./stack.ts";

export const MODULE_DEFAULT = "default of the module";
const TAKEN_FROM_VARS = "'inputs_from: vars'";
export const PLATC_DEFAULT = "default of platc";

/** What counts where no layer of the stack says anything. */
export function defaultSayings(platform: Platform, stack: Stack, key: string): readonly Saying[] {
  const platc = (value: string): Saying => ({
    origin: PLATC_DEFAULT,
    node: literal(value, stack.spec.range),
  });
  const { spec } = platform;
  switch (key) {
    case "address":
      return [platc(stack.name)];
    case "stage":
      return [platc(spec.stages[0] ?? "")];
    case "per":
      return [platc("environment")];
    case "refresh":
      return [platc("changed")];
    case "state": {
      const standard = mapNode(
        [["key", literal("{{platform.name}}/{{stack.address}}/terraform.tfstate", spec.state.range)]],
        spec.state.range,
      );
      const { entries } = spec.state;
      const node = { ...spec.state, entries: new Map([...entries].filter(([name]) => name !== "bootstrap")) };
      return [
        { origin: PLATC_DEFAULT, node: standard },
        { origin: "platform", node },
      ];
    }
    case "providers": {
      const configs = [...stack.providers.keys()].flatMap((name) => {
        const provider = spec.providers.get(name);
        return provider && provider.config.entries.size > 0 ? [[name, provider.config] as const] : [];
      });
      return configs.length === 0 ? [] : [{ origin: "platform", node: mapNode(configs, spec.range) }];
    }
    case "inputs": {
      const call = stack.modules.find((one) => one.name === moduleNameOf(stack.name));
      return call
        ? [
            { origin: MODULE_DEFAULT, node: defaultsOfModule(platform, call) },
            { origin: TAKEN_FROM_VARS, node: takenFromVars(call) },
          ]
        : [];
    }
    case "modules": {
      const calls = stack.modules.filter((call) => child(child(stack.definition, "modules"), call.name));
      if (calls.length === 0) return [];
      const inputsOf = (inputs: (call: ModuleCall) => MapNode): MapNode =>
        mapNode(
          calls.map((call) => [call.name, mapNode([["inputs", inputs(call)]], call.range)] as const),
          stack.spec.range,
        );
      return [
        { origin: MODULE_DEFAULT, node: inputsOf((call) => defaultsOfModule(platform, call)) },
        { origin: TAKEN_FROM_VARS, node: inputsOf(takenFromVars) },
      ];
    }
    default:
      return [];
  }
}

/** Terraform joins no map with the default of the module: one that is set takes its place. */
function defaultsOfModule({ contracts, modules }: Platform, { source, inputs: said }: ModuleCall): MapNode {
  const file = { path: modules.get(source)?.folder ?? source, text: "" };
  const range = { file, start: 0, end: 0 };
  const inputs = [...(contracts.get(source)?.inputs.values() ?? [])];
  return mapNode(
    inputs.flatMap(({ name, default: value }) =>
      value === undefined || (isJsonObject(value) && said.has(name))
        ? []
        : [[name, nodeOfJson(value, range)] as const],
    ),
    range,
  );
}

function takenFromVars({ inputs, range }: ModuleCall): MapNode {
  const taken = [...inputs].filter(([, { takenBy }]) => takenBy);
  return mapNode(
    taken.map(([name, { node }]) => [name, node] as const),
    range,
  );
}

function nodeOfJson(value: Json, range: Range): SpecNode {
  if (Array.isArray(value))
    return { kind: "list", items: value.map((item: Json) => nodeOfJson(item, range)), range };
  if (!isJsonObject(value))
    return { kind: "scalar", value: value as Exclude<Json, object>, isRaw: true, range };
  return mapNode(
    Object.entries(value).map(([key, item]) => [key, nodeOfJson(item, range)] as const),
    range,
  );
}
