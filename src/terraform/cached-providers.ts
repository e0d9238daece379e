import { lockEntries } from "../emit/lock-entries.ts";
import type { Environment } from "./child-environment.ts";
import { hostPlatform } from "./host-platform.ts";
import { lockedVersion } from "./lock-problems.ts";
import { providerCacheFolder } from "./provider-cache.ts";
import { listMirroredProviders, type MirroredProvider } from "./provider-mirror.ts";

/** Providers that lie in platc's cache for this machine, at the versions that a platform's lock names. */
export function cachedProviders(
  environment: Environment,
  lockText: string | undefined,
): readonly MirroredProvider[] {
  if (environment["PLATC_PROVIDER_MIRROR"] === "none") return [];
  const locked = lockEntries(lockText ?? "");
  return listMirroredProviders(providerCacheFolder(environment), hostPlatform()).filter(
    ({ source, version }) => lockedVersion(locked.get(source)) === version,
  );
}
