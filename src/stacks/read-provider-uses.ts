import { mergeMaps } from "../spec/merge-nodes.ts";
import { child, emptyMap, textOf } from "../spec/node.ts";
import { byCodePoint } from "../text/compare.ts";
import { textEntries } from "./read-module-calls.ts";
import type { ModuleCall, ProviderUse } from "./stack.ts";
import { definitionEntries, mapValue, type StackReading } from "./stack-reading.ts";

export interface ProviderUses {
  readonly uses: ReadonlyMap<string, ProviderUse>;
  /** Which provider of the platform a provider of the stack's modules is. */
  readonly mapping: ReadonlyMap<string, string>;
}

/** The provider configurations that the modules, data and resources of a stack need, and no others. */
export function readProviderUses(reading: StackReading, modules: readonly ModuleCall[]): ProviderUses {
  const { definition, instance, around } = reading;
  const mapping = textEntries(definition, "providers");
  const uses = new Map<string, ProviderUse>();
  for (const key of neededProviders(reading, modules, mapping)) {
    const provider = around.spec.providers.get(key);
    const layers = instance.layers
      .map((layer) => child(child(layer.node, "providers"), key))
      .filter((layer) => layer?.kind === "map");
    const [lowest] = layers;
    const below = provider?.config ?? (lowest && emptyMap(lowest.range));
    if (!below) continue;
    const config = mergeMaps(below, ...layers);
    const [localName = key, alias] = key.split(".");
    const range = lowest?.range ?? provider?.range ?? instance.spec.range;
    uses.set(key, { localName, alias, config: mapValue(reading.inTerraform(config)), range });
  }
  return { uses, mapping };
}

function neededProviders(
  reading: StackReading,
  modules: readonly ModuleCall[],
  mapping: ReadonlyMap<string, string>,
): readonly string[] {
  const needed = new Set<string>(mapping.values());
  for (const call of modules) {
    for (const { name, aliases } of reading.around.contracts.get(call.source)?.providers.values() ?? []) {
      for (const key of [name, ...aliases.map((alias) => `${name}.${alias}`)])
        needed.add(call.providers.get(key) ?? mapping.get(key) ?? key);
    }
  }
  for (const block of ["data", "resources"]) {
    for (const [type, entry] of definitionEntries(reading, block)) {
      for (const one of entry.value.kind === "map" ? entry.value.entries.values() : [])
        needed.add(textOf(child(one.value, "provider")) ?? type.split("_")[0] ?? type);
    }
  }
  return [...needed].sort(byCodePoint);
}
