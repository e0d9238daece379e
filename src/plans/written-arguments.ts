import type { ConfiguredModule } from "./plan.ts";

/** What is written of each resource, at any depth, by its address in the configuration. */
export function writtenArguments(
  module: ConfiguredModule,
  prefix = "",
): ReadonlyMap<string, ReadonlySet<string>> {
  const inner = [...module.calls].flatMap(([name, call]) => [
    ...writtenArguments(call.module, `${prefix}module.${name}.`),
  ]);
  return new Map([
    ...module.resources.map((one) => [prefix + one.address, one.arguments] as const),
    ...inner,
  ]);
}
