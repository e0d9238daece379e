import { lockEntries } from "../emit/lock-entries.ts";
import type { PlatformProvider } from "../emit/platform-providers.ts";
import type { TerraformProgram } from "../text/flavour.ts";
import { meetsConstraint } from "../text/version-constraint.ts";

/**
 * What a lock file lacks, or has too much of, for the providers of a platform: a sentence each. A lock for one of
 * Terraform and OpenTofu is enough, unless the spec says by its command which of the two runs.
 */
export function lockProblems(
  lockText: string | undefined,
  providers: readonly PlatformProvider[],
  command?: TerraformProgram | undefined,
): readonly string[] {
  const entries = lockEntries(lockText ?? "");
  const needed = new Set(providers.flatMap(namesOf));
  const lacking = providers.flatMap((provider) => {
    const locked = namesOf(provider).filter((source) => entries.has(source));
    if (locked.length === 0) return [`'${provider.source}' is not locked`];
    if (command !== undefined && !locked.includes(provider.source))
      return [`'${provider.source}' is not locked, only ${locked.map((source) => `'${source}'`).join(", ")}`];
    return locked.flatMap((source) => {
      const version = lockedVersion(entries.get(source)) ?? "";
      const broken = provider.constraints.filter((constraint) => !meetsConstraint(version, constraint));
      return broken.map(
        (constraint) => `'${source}' is locked at ${version}, which does not meet '${constraint}'`,
      );
    });
  });
  const extra = [...entries.keys()].filter((source) => !needed.has(source));
  return [...lacking, ...extra.map((source) => `'${source}' is locked, and no stack needs it`)];
}

function namesOf({ source, twin }: PlatformProvider): readonly string[] {
  return twin === undefined ? [source] : [source, twin];
}

/** The version in an entry of a lock file. */
export function lockedVersion(entry: string | undefined): string | undefined {
  return entry === undefined ? undefined : /^\s*version\s*=\s*"([^"]+)"/m.exec(entry)?.[1];
}
