import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { byCodePoint } from "../text/compare.ts";
import { type Flavour, FLAVOURS } from "../text/flavour.ts";
import type { Environment } from "./child-environment.ts";
import { impliedMirrorFolders } from "./implied-mirror-folders.ts";
import type { Note } from "./note.ts";

/** One package in a mirror; `source` is complete, such as `registry.terraform.io/hashicorp/aws`. */
export interface MirroredProvider {
  readonly source: string;
  readonly version: string;
  readonly layout: "packed" | "unpacked";
}

/** `implied` folders are searched by Terraform itself; it is told of the others. */
export interface ProviderMirror {
  readonly path: string;
  readonly origin: "setting" | "project" | "implied" | "convention";
  readonly providers: readonly MirroredProvider[];
}

export interface MirrorSearch {
  readonly mirrors: readonly ProviderMirror[];
  readonly notes: readonly Note[];
}

export interface MirrorPlaces {
  readonly environment: Environment;
  readonly home: string;
  readonly project: string;
  readonly platform: string;
  /** Whose Terraform is told of them. */
  readonly flavour?: Flavour;
  /** Where mirrors are kept beside other programs, `/opt`. */
  readonly programFolder?: string;
}

/**
 * Finds filesystem mirrors of providers that hold packages for this machine: the one that the setting
 * PLATC_PROVIDER_MIRROR names (`none`: no mirror), else all in the usual places.
 */
export function findProviderMirrors(places: MirrorPlaces): MirrorSearch {
  const setting = places.environment["PLATC_PROVIDER_MIRROR"];
  if (setting === "none") return { mirrors: [], notes: [] };
  if (setting) return namedMirror(resolve(places.project, setting), places);
  const mirrors = [
    { origin: "project" as const, paths: [join(places.project, ".platc", "providers")] },
    { origin: "implied" as const, paths: impliedMirrorFolders(places.environment, places.home) },
    { origin: "convention" as const, paths: programMirrors(places.programFolder ?? "/opt") },
  ].flatMap(({ origin, paths }) =>
    paths.map((path) => ({ path, origin, providers: listMirroredProviders(path, places.platform) })),
  );
  return { mirrors: mirrors.filter(({ providers }) => providers.length > 0), notes: [] };
}

/** Lists the packages of a mirror for one platform, in both of Terraform's layouts, in order. */
export function listMirroredProviders(mirror: string, platform: string): readonly MirroredProvider[] {
  const found = folders(mirror).flatMap((host) =>
    folders(join(mirror, host)).flatMap((namespace) =>
      folders(join(mirror, host, namespace)).flatMap((type) =>
        packagesOf(join(mirror, host, namespace, type), `${host}/${namespace}/${type}`, platform),
      ),
    ),
  );
  return found.sort((left, right) =>
    byCodePoint(`${left.source} ${left.version}`, `${right.source} ${right.version}`),
  );
}

function packagesOf(folder: string, source: string, platform: string): readonly MirroredProvider[] {
  const type = source.slice(source.lastIndexOf("/") + 1);
  const [start, end] = [`terraform-provider-${type}_`, `_${platform}.zip`];
  return entries(folder).flatMap((name): MirroredProvider[] => {
    if (name.startsWith(start) && name.endsWith(end) && name.length > start.length + end.length) {
      return [{ source, version: name.slice(start.length, -end.length), layout: "packed" }];
    }
    const binaries = /^\d/.test(name) ? entries(join(folder, name, platform)) : [];
    const isHeld = binaries.some((file) => file.startsWith(`terraform-provider-${type}`));
    return isHeld ? [{ source, version: name, layout: "unpacked" }] : [];
  });
}

function namedMirror(path: string, { platform, flavour = "terraform" }: MirrorPlaces): MirrorSearch {
  const providers = listMirroredProviders(path, platform);
  if (providers.length > 0) return { mirrors: [{ path, origin: "setting", providers }], notes: [] };
  const state = isFolder(path) ? `holds no provider for ${platform}` : "does not exist";
  const note = {
    message: `The provider mirror '${path}' ${state}`,
    hint: `Fill it with '${FLAVOURS[flavour].program} providers mirror', or change or unset PLATC_PROVIDER_MIRROR.`,
  };
  return { mirrors: [], notes: [note] };
}

function programMirrors(folder: string): readonly string[] {
  return folders(folder)
    .map((name) => join(folder, name))
    .filter(
      (path) =>
        isFolder(join(path, "registry.terraform.io")) || isFolder(join(path, "registry.opentofu.org")),
    );
}

function folders(path: string): readonly string[] {
  return entries(path).filter((name) => isFolder(join(path, name)));
}

function entries(path: string): readonly string[] {
  try {
    return readdirSync(path).sort(byCodePoint);
  } catch {
    return [];
  }
}

/** Follows links: a mirror of links is as good as one of folders. */
function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
