import type { Platform } from "../stacks/platform-model.ts";
import { byCodePoint } from "../text/compare.ts";
import { requiredProviders } from "./emit-providers.ts";
import { surroundingsOf } from "./emit-platform.ts";
import type { Flavour } from "../text/flavour.ts";
import { fullSource, lockableSources } from "./lock-entries.ts";

/** A provider that some stack needs: its source with its host, and every constraint on its version. */
export interface PlatformProvider {
  readonly source: string;
  /** The same provider as the other flavour finds it, where the source names no host. */
  readonly twin?: string;
  readonly constraints: readonly string[];
}

/** All providers of all stacks, sorted by source; what the roots say of versions and what their modules say. */
export function platformProviders(
  platform: Platform,
  flavour: Flavour = "terraform",
): readonly PlatformProvider[] {
  const around = surroundingsOf(platform);
  const constraintsBySource = new Map<string, Set<string>>();
  const twinBySource = new Map<string, string>();
  const note = (source: string, version: string | undefined): void => {
    const full = fullSource(source, flavour);
    const constraints = constraintsBySource.get(full) ?? new Set();
    constraintsBySource.set(full, constraints);
    const twin = lockableSources(source).find((one) => one !== full);
    if (twin !== undefined) twinBySource.set(full, twin);
    if (version !== undefined) constraints.add(version);
  };
  for (const stack of platform.stacks) {
    const ofModules = stack.modules.flatMap(({ source }) => [
      ...(around.contracts.get(source)?.providers.values() ?? []),
    ]);
    for (const { source, version } of [...requiredProviders(stack, around).values(), ...ofModules])
      note(source, version);
  }
  return [...constraintsBySource]
    .filter(([source]) => !source.startsWith("terraform.io/builtin/"))
    .map(([source, constraints]) => {
      const twin = twinBySource.get(source);
      return { source, ...(twin !== undefined && { twin }), constraints: [...constraints].sort(byCodePoint) };
    })
    .sort((left, right) => byCodePoint(left.source, right.source));
}
