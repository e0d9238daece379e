import type { Stack } from "../stacks/stack.ts";
import { byCodePoint } from "../text/compare.ts";
import { literal } from "./positions.ts";
import { emitValue, type Spelling } from "./spell-expression.ts";
import type { EmitSurroundings } from "./stack-surroundings.ts";
import { block, type TerraformJson, type TerraformObject } from "./terraform-json.ts";

/** Where the providers of a stack come from: the platform's word, else what the modules themselves require. */
export function emitRequiredProviders(stack: Stack, around: EmitSurroundings): TerraformObject {
  const result: Record<string, TerraformJson> = {};
  for (const [name, requirement] of requiredProviders(stack, around)) {
    result[name] = block({
      source: literal(requirement.source),
      version: requirement.version === undefined ? undefined : literal(requirement.version),
    });
  }
  return result;
}

/** Source and version of every provider that a stack has, by local name. */
export function requiredProviders(
  stack: Stack,
  around: EmitSurroundings,
): ReadonlyMap<string, { readonly source: string; readonly version: string | undefined }> {
  const result = new Map<string, { source: string; version: string | undefined }>();
  const names = new Set([...stack.providers.values()].map((use) => use.localName));
  for (const call of stack.modules) {
    for (const requirement of around.contracts.get(call.source)?.providers.values() ?? []) {
      if (!around.spec.providers.has(requirement.name))
        result.set(requirement.name, { source: requirement.source, version: requirement.version });
    }
  }
  for (const name of [...names].sort(byCodePoint)) {
    const provider = around.spec.providers.get(name);
    if (provider)
      result.set(name, { source: provider.source ?? `hashicorp/${name}`, version: provider.version });
  }
  return result;
}

/** The provider blocks of a stack; an aliased provider stands in a list with the default one. */
export function emitProviders(stack: Stack, spelling: Spelling): TerraformObject {
  const byName = new Map<string, TerraformObject[]>();
  for (const [, use] of [...stack.providers].sort(([left], [right]) => byCodePoint(left, right))) {
    const config = emitValue(use.config, spelling) as TerraformObject;
    const body = { ...config, ...(use.alias !== undefined && { alias: literal(use.alias) }) };
    byName.set(use.localName, [...(byName.get(use.localName) ?? []), body]);
  }
  const result: Record<string, TerraformJson> = {};
  for (const [name, bodies] of byName) {
    const [only] = bodies;
    result[name] = bodies.length === 1 && only ? only : bodies;
  }
  return result;
}
