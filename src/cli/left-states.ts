import { analyse } from "../compile.ts";
import { findSpec } from "../disk/find-spec.ts";
import { diskSources } from "../disk/disk-sources.ts";
import { openLedger } from "../ledger/ledger.ts";
import { backendOf } from "../run/backend-of.ts";
import type { BackendConfig } from "../stores/object-store.ts";
import { openStore } from "../stores/open-store.ts";
import type { Context } from "./context.ts";
import { cachedParser } from "./load-platform.ts";

/**
 * Addresses of stacks that were applied on the emulator and whose state lies in a file: it stays when the emulator
 * forgets what was made in it. None where the project has no spec that can be understood.
 */
export async function leftStates(context: Context, spec: string | undefined): Promise<readonly string[]> {
  const found = findSpec(context.cwd, spec, context.environment);
  if ("message" in found) return [];
  const project = { ...found, sources: diskSources(found.root) };
  const { platform } = await analyse(project.sources, { spec: found.spec, parseHcl: cachedParser(project) });
  if (!platform) return [];
  const backends = new Map<string, BackendConfig>();
  for (const backend of platform.stacks.map(backendOf))
    if (backend.type === "local") backends.set(JSON.stringify(backend), backend);
  const addresses = new Set<string>();
  for (const backend of backends.values()) {
    const store = await openStore(backend, context.environment, found.root);
    const { entryByAddress } = await openLedger(store, platform.spec.name).inventory.readAll();
    for (const [address, { entry }] of entryByAddress)
      if (entry.target === "emulator") addresses.add(address);
  }
  return [...addresses].sort();
}
