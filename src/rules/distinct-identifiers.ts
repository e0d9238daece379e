import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ModuleContract } from "../modules/contract.ts";
import type { Range } from "../source/source.ts";
import { child } from "../spec/node.ts";
import type { Stack } from "../stacks/stack.ts";
import type { PlatformRule } from "./rule.ts";

interface Named {
  readonly name: string;
  /** Where it comes from, for people. */
  readonly origin: string;
  readonly range: Range;
}

/** No two module calls of a stack become one identifier of Terraform, and no two outputs. */
export const distinctIdentifiers: PlatformRule = ({ stacks, contracts }) =>
  stacks.flatMap((stack) => {
    if (stack.modules.length < 2 && stack.outputs.size === 0) return [];
    const calls = clashes(
      stack,
      "module call",
      callNames(stack),
      "give the call under 'modules' another name",
    );
    if (calls.length > 0) return calls;
    return clashes(stack, "output", outputNames(stack, contracts), "give one of them another name");
  });

function callNames(stack: Stack): readonly Named[] {
  return stack.modules.map(({ name, range, sourceRange }) =>
    range === stack.definition.range
      ? { name, origin: `the module of '${stack.name}' itself`, range: sourceRange }
      : { name, origin: `the call '${name}'`, range },
  );
}

function outputNames(stack: Stack, contracts: ReadonlyMap<string, ModuleContract>): readonly Named[] {
  const several = child(stack.definition, "modules");
  const ofModules = stack.modules.flatMap((call) => {
    const isNamed = child(several, call.name) !== undefined;
    const outputs = [...(contracts.get(call.source)?.outputs.values() ?? [])].filter(
      (output) => !output.ephemeral,
    );
    return outputs.map((output): Named => ({
      name: isNamed ? `${call.name}_${output.name}` : output.name,
      origin: `'${output.name}' of module '${call.source}'`,
      range: isNamed ? call.range : call.sourceRange,
    }));
  });
  const own = [...stack.outputs].map(([name, { range }]): Named => ({
    name,
    origin: `'${name}' of the stack itself`,
    range,
  }));
  return [...ofModules, ...own];
}

function clashes(stack: Stack, kind: string, named: readonly Named[], hint: string): Diagnostic[] {
  const firstByName = new Map<string, Named>();
  return named.flatMap((one): Diagnostic[] => {
    const first = firstByName.get(one.name);
    if (!first) firstByName.set(one.name, one);
    if (!first) return [];
    return [
      {
        code: "clash",
        severity: "error",
        message: `two things would become the ${kind} '${one.name}' of stack '${stack.name}': ${first.origin} and ${one.origin}`,
        hint,
        range: one.range,
        related: [{ message: `${first.origin} comes from here`, range: first.range }],
      },
    ];
  });
}
