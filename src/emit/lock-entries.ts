import type { Flavour } from "../text/flavour.ts";

/** The registries that a source without a host means, by whose Terraform it is. */
const DEFAULT_HOSTS = {
  terraform: "registry.terraform.io",
  opentofu: "registry.opentofu.org",
} as const satisfies Readonly<Record<Flavour, string>>;

/** The provider entries of a dependency lock file, by full source address, as text. */
export function lockEntries(lockText: string): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const match of lockText.matchAll(/^provider "([^"]+)" \{\n[\s\S]*?^\}\n?/gm)) {
    entries.set(match[1] ?? "", match[0].endsWith("\n") ? match[0] : `${match[0]}\n`);
  }
  return entries;
}

const HEADER =
  '# This file is maintained automatically by "terraform init".\n# Manual edits may be lost in future updates.\n';

/** A lock file of exactly the entries of these providers; undefined where there are none. */
export function writeLock(
  entries: ReadonlyMap<string, string>,
  sources: readonly string[],
): string | undefined {
  const found = [...new Set(sources)].sort().flatMap((source) => entries.get(source) ?? []);
  return found.length === 0 ? undefined : `${HEADER}\n${found.join("\n")}`;
}

/** A provider's source with its host: Terraform's own registry, or OpenTofu's, unless another one is named. */
export function fullSource(source: string, flavour: Flavour = "terraform"): string {
  return source.split("/").length === 3 ? source : `${DEFAULT_HOSTS[flavour]}/${source}`;
}

/** Every full source that a provider may be locked under: a source without a host is one for each flavour. */
export function lockableSources(source: string): readonly string[] {
  return [...new Set([fullSource(source, "terraform"), fullSource(source, "opentofu")])];
}

/** What a lock says of a provider to one flavour: of its own source, else of the other flavour's. */
export function ofLockable<Value>(
  locked: ReadonlyMap<string, Value>,
  source: string,
  flavour: Flavour,
): Value | undefined {
  const [own, ...others] = [fullSource(source, flavour), ...lockableSources(source)];
  return locked.get([own, ...others].find((one) => locked.has(one)) ?? own);
}

/**
 * A lock file without the entries that are there for the other flavour, which both refuse in a lock that they may
 * not change. Only an entry whose twin is there for this flavour is left out, and none that a state `needs`.
 */
export function lockOfFlavour(
  lockText: string,
  flavour: Flavour,
  needs: ReadonlySet<string> = new Set(),
): string {
  const entries = lockEntries(lockText);
  const kept = [...entries.keys()].filter(
    (source) => needs.has(source) || !entries.has(twinOf(source, flavour) ?? ""),
  );
  return kept.length === entries.size ? lockText : (writeLock(entries, kept) ?? "");
}

/** Under which source a flavour finds what is locked for the other one by a source of that one's own registry. */
export function twinOf(source: string, flavour: Flavour): string | undefined {
  const [host, ...name] = source.split("/");
  const isOther =
    host !== DEFAULT_HOSTS[flavour] && Object.values<string>(DEFAULT_HOSTS).includes(host ?? "");
  return isOther ? fullSource(name.join("/"), flavour) : undefined;
}
