import type { ModuleContract } from "../modules/contract.ts";
import type { Range } from "../source/source.ts";
import { child, type MapNode, textOf } from "../spec/node.ts";
import type { Stack } from "./stack.ts";

/** An output of a root module: one of a module call, or one that the stack itself declares, in `extra` too. */
export type StackOutput =
  | {
      readonly kind: "module";
      readonly call: string;
      readonly output: string;
      readonly description: string | undefined;
      readonly isSensitive: boolean;
      readonly range: Range;
    }
  | {
      readonly kind: "own";
      readonly description: string | undefined;
      readonly isSensitive: boolean;
      readonly range: Range;
    };

const outputsByStack = new WeakMap<Stack, ReadonlyMap<string, StackOutput>>();

/** Every output of a stack by its name in Terraform: `bucket`, or `raw_bucket` of the call `raw` where there are several. */
export function stackOutputs(
  stack: Stack,
  contracts: ReadonlyMap<string, ModuleContract>,
): ReadonlyMap<string, StackOutput> {
  const known = outputsByStack.get(stack);
  if (known) return known;
  const result = new Map<string, StackOutput>();
  const hasCallNames = child(stack.definition, "modules") !== undefined;
  for (const call of stack.modules) {
    const isNamed = hasCallNames && child(child(stack.definition, "modules"), call.name) !== undefined;
    for (const output of contracts.get(call.source)?.outputs.values() ?? []) {
      if (output.ephemeral) continue;
      const name = isNamed ? `${call.name}_${output.name}` : output.name;
      result.set(name, {
        kind: "module",
        call: call.name,
        output: output.name,
        description: output.description,
        isSensitive: output.sensitive,
        range: call.range,
      });
    }
  }
  for (const [name, output] of stack.outputs) {
    result.set(name, {
      kind: "own",
      description: output.description,
      isSensitive: output.isSensitive,
      range: output.range,
    });
  }
  for (const [name, { value: node, keyRange }] of outputsOfExtra(stack)) {
    if (result.has(name)) continue;
    const sensitive = child(node, "sensitive");
    result.set(name, {
      kind: "own",
      description: textOf(child(node, "description")),
      isSensitive: sensitive?.kind === "scalar" && sensitive.value === true,
      range: keyRange,
    });
  }
  outputsByStack.set(stack, result);
  return result;
}

function outputsOfExtra(stack: Stack): MapNode["entries"] {
  const node = child(child(stack.definition, "extra"), "output");
  return node?.kind === "map" ? node.entries : new Map();
}
