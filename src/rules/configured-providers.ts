import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { PlatformRule } from "./rule.ts";

/** Providers that take no configuration, or rarely any. */
const WITHOUT = new Set(
  "archive cloudinit external http local null random template terraform time tls".split(" "),
);

/** A platform that configures its providers does so for each that its modules use. */
export const configuredProviders: PlatformRule = ({ spec, stacks, contracts }) => {
  const found = new Map<string, Diagnostic>();
  if (spec.providers.size === 0) return [];
  for (const { modules, providers, providerMapping } of stacks)
    for (const { source, sourceRange, providers: given } of modules)
      for (const { name } of contracts.get(source)?.providers.values() ?? []) {
        const isKnown =
          spec.providers.has(name) || providers.has(name) || providerMapping.has(name) || given.has(name);
        if (isKnown || WITHOUT.has(name) || found.has(name)) continue;
        found.set(name, {
          code: "unknown-provider",
          severity: "warning",
          message: `module '${source}' needs the provider '${name}', which 'terraform.providers' does not have: it runs without any configuration`,
          hint: `write 'terraform: { providers: { ${name}: { source: ..., version: ..., config: { ... } } } }'; '${name}: {}' says that none is needed`,
          range: sourceRange,
        });
      }
  return [...found.values()];
};
