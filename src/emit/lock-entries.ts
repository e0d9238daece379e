/** The registries that a source without a host means, by whose Terraform it is. */
const DEFAULT_HOSTS = {
  terraform: "registry.terraform.io",
  opentofu: "registry.opentofu.org",
} as const;

/** Whose Terraform runs. */
export type Flavour = keyof typeof DEFAULT_HOSTS;

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

/**
 * A lock file without the entries that are there for the other flavour, which both refuse in a lock that they may
 * not change. Only an entry whose twin is there for this flavour is left out.
 */
export function lockOfFlavour(lockText: string, flavour: Flavour): string {
  const entries = lockEntries(lockText);
  const twin = (source: string): string | undefined => {
    const [host, ...name] = source.split("/");
    const isOther =
      host !== DEFAULT_HOSTS[flavour] && Object.values<string>(DEFAULT_HOSTS).includes(host ?? "");
    return isOther ? fullSource(name.join("/"), flavour) : undefined;
  };
  const kept = [...entries.keys()].filter((source) => !entries.has(twin(source) ?? ""));
  return kept.length === entries.size ? lockText : (writeLock(entries, kept) ?? "");
}
