import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { lockEntries } from "../emit/lock-entries.ts";
import { remember } from "../source/remember.ts";
import { withFileLock } from "../stores/file-lock.ts";
import { cacheFolder } from "./cache-folder.ts";
import type { Environment } from "./child-environment.ts";
import { hostPlatform } from "./host-platform.ts";
import { type LockedProvider, openProviderScratch, type ProviderScratch } from "./provider-scratch.ts";
import { lockedVersion } from "./lock-problems.ts";
import type { Tools } from "./prepare-tools.ts";
import type { ProviderMirror } from "./provider-mirror.ts";

/** One copy of each provider that no mirror holds, for all stacks of all projects of a user. */
export interface ProviderCache {
  /**
   * The folders in which init finds every provider of a stack's lock file, so that it links to them; none where
   * Terraform is to install them as it does by itself. What the cache lacks is fetched first, once.
   */
  readonly pluginFolders: (lockText: string) => Promise<readonly string[]>;
}

export interface ProviderCacheRequest {
  readonly tools: Pick<Tools, "terraform" | "cliConfig" | "searchedMirrors">;
  readonly environment: Environment;
  readonly tell: (message: string, hint?: string) => void;
  readonly signal?: AbortSignal;
  readonly platform?: string;
}

/** As long as another platc may take to download a provider. */
const PATIENCE_MS = 15 * 60_000;

/**
 * Opens the cache of providers, `providers` in platc's cache folder. A package comes into it by an init of its own,
 * with the user's CLI configuration, in a folder of its own; it is checked against the lock file and then renamed
 * into place. So no two Terraforms ever write the same file, as they do with `plugin_cache_dir`, and one that is
 * killed leaves nothing half done.
 */
export function openProviderCache(request: ProviderCacheRequest): ProviderCache {
  if (request.environment["PLATC_PROVIDER_MIRROR"] === "none") return { pluginFolders: async () => [] };
  const { searchedMirrors: mirrors } = request.tools;
  const folder = providerCacheFolder(request.environment);
  const shared = new Map<string, Promise<boolean>>();
  return {
    pluginFolders: async (lockText) => {
      const locked = lockedProviders(lockText);
      const absent = locked.filter(({ source }) => !mirrors.some((mirror) => holds(mirror, source)));
      if (absent.length === 0 || !absent.every(hasSumOfFolder)) return [];
      const isShared = await Promise.all(
        absent.map((provider) =>
          remember(shared, provider.entry, () => shareProvider(provider, folder, request)),
        ),
      );
      if (!isShared.every(Boolean)) return [];
      const others = mirrors.filter((mirror) => locked.some(({ source }) => holds(mirror, source)));
      return [folder, ...others.map(({ path }) => path)];
    },
  };
}

/** Where the shared copies lie, laid out as a mirror of unpacked packages. */
export function providerCacheFolder(environment: Environment): string {
  return join(cacheFolder(environment), "providers");
}

function lockedProviders(lockText: string): readonly LockedProvider[] {
  return [...lockEntries(lockText)].map(([source, entry]) => ({
    source,
    entry,
    version: lockedVersion(entry) ?? "",
  }));
}

/** The sum of an archive (`zh:`) says nothing of what lies unpacked in a folder. */
function hasSumOfFolder({ entry }: LockedProvider): boolean {
  return entry.includes('"h1:');
}

function holds({ providers }: ProviderMirror, source: string): boolean {
  return providers.some((one) => one.source === source);
}

/** Whether the package lies in the cache now and is what the lock file says. */
async function shareProvider(
  provider: LockedProvider,
  folder: string,
  request: ProviderCacheRequest,
): Promise<boolean> {
  const { signal, tell, platform = hostPlatform() } = request;
  const path = join(provider.source, provider.version, platform);
  const staging = join(dirname(folder), "staging");
  try {
    return await withFileLock(
      `${join(folder, path)}.lock`,
      async () => {
        const scratch = await openProviderScratch(staging, provider, request);
        try {
          if (existsSync(join(folder, path)) && (await scratch.fits(folder)) === undefined) return true;
          return await fetchProvider({ provider, scratch, folder, path, request });
        } finally {
          await scratch.close();
        }
      },
      { waitMs: PATIENCE_MS, ...(signal && { signal }) },
    );
  } catch (error) {
    if (!signal?.aborted) tellFallback(tell, provider, (error as Error).message);
    return false;
  }
}

interface Fetch {
  readonly provider: LockedProvider;
  readonly scratch: ProviderScratch;
  readonly folder: string;
  /** Of the package, below the folder. */
  readonly path: string;
  readonly request: ProviderCacheRequest;
}

async function fetchProvider({ provider, scratch, folder, path, request }: Fetch): Promise<boolean> {
  const { tell, signal } = request;
  tell(`Fetching ${provider.source} ${provider.version} once for all stacks, into '${folder}'`);
  const failure = (await scratch.install()) ?? (await scratch.fits(scratch.installed));
  if (failure !== undefined) {
    if (!signal?.aborted) tellFallback(tell, provider, failure);
    return false;
  }
  await rm(join(folder, path), { recursive: true, force: true });
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await rename(join(scratch.installed, path), join(folder, path));
  return true;
}

function tellFallback(
  tell: ProviderCacheRequest["tell"],
  { source, version }: LockedProvider,
  why: string,
): void {
  tell(
    `${source} ${version} cannot be shared, so every stack installs its own copy: ${why}`,
    "PLATC_PROVIDER_MIRROR names a mirror that stacks link to; 'none' turns this cache off.",
  );
}
