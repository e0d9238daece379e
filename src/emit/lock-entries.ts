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

/** The lock file of a stack: exactly the entries of the providers that it has; undefined where there are none. */
export function writeLock(
  entries: ReadonlyMap<string, string>,
  sources: readonly string[],
): string | undefined {
  const found = [...sources].sort().flatMap((source) => entries.get(source) ?? []);
  return found.length === 0 ? undefined : `${HEADER}\n${found.join("\n")}`;
}

/** A provider's source with its host: Terraform's own registry unless another one is named. */
export function fullSource(source: string): string {
  return source.split("/").length === 3 ? source : `registry.terraform.io/${source}`;
}
