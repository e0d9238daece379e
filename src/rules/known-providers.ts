import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ModuleContract } from "../modules/contract.ts";
import type { Range } from "../source/source.ts";
import { child, textOf } from "../spec/node.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import type { ModuleCall, Stack } from "../stacks/stack.ts";
import { didYouMean, quoted } from "./did-you-mean.ts";
import type { PlatformRule } from "./rule.ts";

/** Every alias that is named or that a module asks for is one that the platform configures. */
export const knownProviders: PlatformRule = ({ stacks, contracts, spec }) =>
  stacks.flatMap((stack) => [
    ...namedProviders(stack).flatMap(({ name, range }) => unknownProvider(stack, name, range, spec)),
    ...uselessLayers(stack),
    ...stack.modules.flatMap((call) => missingAliases(stack, call, contracts.get(call.source), spec)),
  ]);

interface NamedProvider {
  readonly name: string;
  readonly range: Range;
}

/** Config that is laid over a provider which the stack does not have would be lost without a word. */
function uselessLayers(stack: Stack): Diagnostic[] {
  const layers = child(stack.definition, "providers");
  return [...(layers?.kind === "map" ? layers.entries : [])]
    .filter(([key, { value }]) => value.kind === "map" && !stack.providers.has(key))
    .map(([key, { keyRange }]) => ({
      code: "unknown-provider",
      severity: "error",
      message: `stack '${stack.name}' has no provider '${key}' to lay config over`,
      hint: didYouMean(key, [...stack.providers.keys()], "its providers are", "its modules need no provider"),
      range: keyRange,
    }));
}

/** Providers that the stack names: as targets of a mapping or at a resource. */
function namedProviders({ definition }: Stack): readonly NamedProvider[] {
  const found: NamedProvider[] = [];
  const add = (node: Parameters<typeof textOf>[0]): void => {
    const name = textOf(node);
    if (node && name !== undefined) found.push({ name, range: node.range });
  };
  const layers = child(definition, "providers");
  for (const { value } of layers?.kind === "map" ? layers.entries.values() : []) {
    add(value);
  }
  const calls = child(definition, "modules");
  for (const { value } of calls?.kind === "map" ? calls.entries.values() : []) {
    const mapping = child(value, "providers");
    for (const entry of mapping?.kind === "map" ? mapping.entries.values() : []) add(entry.value);
  }
  for (const block of ["data", "resources"]) {
    const types = child(definition, block);
    for (const { value: named } of types?.kind === "map" ? types.entries.values() : [])
      for (const one of named.kind === "map" ? named.entries.values() : []) add(child(one.value, "provider"));
  }
  return found;
}

function unknownProvider(stack: Stack, name: string, range: Range, spec: PlatformSpec): Diagnostic[] {
  const isConfigured =
    spec.providers.has(name) || child(child(stack.definition, "providers"), name)?.kind === "map";
  // A provider without an alias needs no configuration; an alias is nothing without.
  if (isConfigured || !name.includes(".")) return [];
  const known = [...spec.providers.keys()];
  const hint = didYouMean(
    name,
    known,
    "the providers are",
    `configure it: '${name}' under 'terraform.providers'`,
  );
  return [
    { code: "unknown-provider", severity: "error", message: `there is no provider '${name}'`, hint, range },
  ];
}

function missingAliases(
  stack: Stack,
  call: ModuleCall,
  contract: ModuleContract | undefined,
  spec: PlatformSpec,
): Diagnostic[] {
  return [...(contract?.providers.values() ?? [])].flatMap(({ name, aliases }) =>
    aliases.flatMap((alias): Diagnostic[] => {
      const key = `${name}.${alias}`;
      const isMapped = call.providers.has(key) || stack.providerMapping.has(key);
      const isLaid = child(child(stack.definition, "providers"), key)?.kind === "map";
      if (isMapped || isLaid || spec.providers.has(key)) return [];
      const known = [...spec.providers.keys()].filter((one) => one.split(".")[0] === name);
      return [
        {
          code: "unknown-provider",
          severity: "error",
          message: `module '${call.source}' asks for the provider '${key}', which nothing gives it`,
          hint: `map it to one of the platform's: 'providers: { ${key}: ${known[0] ?? name} }'${known.length > 1 ? ` (there are ${quoted(known)})` : ""}, or configure '${key}' under 'terraform.providers'`,
          range: call.sourceRange,
        },
      ];
    }),
  );
}
