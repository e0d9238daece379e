import { lockEntries } from "../emit/lock-entries.ts";
import type { PlatformProvider } from "../emit/platform-providers.ts";
import { lockedVersion } from "./lock-problems.ts";
import type { Note } from "./note.ts";
import { listMirroredProviders, type ProviderMirror } from "./provider-mirror.ts";
import { type Flavour, FLAVOURS } from "../text/flavour.ts";
import { meetsConstraint } from "../text/version-constraint.ts";
import { COMMON_PLATFORMS } from "./lock-platforms.ts";

/** Providers that are locked from one place. */
export interface LockSource {
  readonly mirror?: string;
  readonly providers: readonly string[];
  readonly platforms: readonly string[];
}

export interface LockSourcesRequest {
  readonly providers: readonly PlatformProvider[];
  readonly mirrors: readonly ProviderMirror[];
  readonly platforms?: readonly string[] | undefined;
  /** Whose Terraform locks. */
  readonly flavour?: Flavour;
  readonly lockText?: string | undefined;
}

export type LockSources =
  | { readonly status: "ok"; readonly sources: readonly LockSource[]; readonly notes: readonly Note[] }
  | { readonly status: "failed"; readonly message: string; readonly hint: string };

/** Decides for each provider whether a mirror that holds a fitting version, or the registry, tells its checksums. */
export function findLockSources(request: LockSourcesRequest): LockSources {
  const { providers, platforms: asked, mirrors } = request;
  const locked = lockEntries(request.lockText ?? "");
  const byPlace = new Map<string, LockSource>();
  for (const provider of providers) {
    const version = lockedVersion(locked.get(provider.source));
    const mirror = mirrors.find((one) => holds(one, provider, version));
    const platforms =
      mirror === undefined ? (asked ?? COMMON_PLATFORMS) : platformsIn(mirror, provider, version);
    const lacking = asked?.find((platform) => !platforms.includes(platform));
    if (mirror !== undefined && lacking !== undefined)
      return notHeld(request, { mirror: mirror.path, source: provider.source, platform: lacking });
    const wanted = asked ?? platforms;
    const place = JSON.stringify([mirror?.path, wanted]);
    const sofar = byPlace.get(place)?.providers ?? [];
    byPlace.set(place, {
      ...(mirror && { mirror: mirror.path }),
      providers: [...sofar, provider.source],
      platforms: wanted,
    });
  }
  const sources = [...byPlace.values()];
  return { status: "ok", sources, notes: sources.flatMap(fewerPlatforms) };
}

function holds(mirror: ProviderMirror, provider: PlatformProvider, locked: string | undefined): boolean {
  return mirror.providers.some((one) => fits(one, provider, locked));
}

function fits(
  held: { readonly source: string; readonly version: string },
  { source, constraints }: PlatformProvider,
  locked: string | undefined,
): boolean {
  if (held.source !== source) return false;
  if (locked !== undefined && locked !== held.version) return false;
  return constraints.every((constraint) => meetsConstraint(held.version, constraint));
}

/** Those that have the very version that this machine would take. */
function platformsIn(
  { path, providers }: ProviderMirror,
  provider: PlatformProvider,
  locked: string | undefined,
): readonly string[] {
  const fitting = providers.filter((one) => fits(one, provider, locked)).map(({ version }) => version);
  return COMMON_PLATFORMS.filter((platform) => {
    const there = listMirroredProviders(path, platform).filter((one) => one.source === provider.source);
    return fitting.every((version) => there.some((one) => one.version === version));
  });
}

function notHeld(
  { flavour = "terraform" }: LockSourcesRequest,
  {
    mirror,
    source,
    platform,
  }: { readonly mirror: string; readonly source: string; readonly platform: string },
): LockSources {
  return {
    status: "failed",
    message: `The mirror '${mirror}' holds no '${source}' for ${platform}`,
    hint: `Add it with '${FLAVOURS[flavour].program} providers mirror', or lock from the registry: PLATC_PROVIDER_MIRROR=none platc lock`,
  };
}

function fewerPlatforms({ mirror, providers, platforms }: LockSource): readonly Note[] {
  if (mirror === undefined || COMMON_PLATFORMS.every((platform) => platforms.includes(platform))) return [];
  return [
    {
      message: `${providers.join(", ")} ${providers.length === 1 ? "is" : "are"} locked for ${platforms.join(", ")} alone, which is what the mirror '${mirror}' holds`,
      hint: "For all platforms, where the registry can be reached: PLATC_PROVIDER_MIRROR=none platc lock",
    },
  ];
}
