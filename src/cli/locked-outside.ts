import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";

interface LockEntry {
  readonly resolved?: string;
  readonly version?: string;
}

/**
 * From where package-lock.json takes platc where no other machine has it: a link, a folder or a file outside of the
 * repository, or git on this machine. Undefined for all else.
 */
export function lockedOutside(root: string, lockText: string): string | undefined {
  const entry = platcEntry(lockText);
  // Locks of npm 6 hold the place as the version.
  const place = entry?.resolved ?? entry?.version ?? "";
  if (place.startsWith("git+file:")) return place;
  const isLink = entry?.resolved !== undefined && !/^[a-z+]+:/i.test(place);
  if (!isLink && !place.startsWith("file:")) return undefined;
  return isOutside(root, place) ? place : undefined;
}

/** Whether a path, or a `file:` of npm, leads from a project out of its repository. */
export function isOutside(root: string, place: string): boolean {
  const way = relative(repositoryAround(root), resolve(root, place.replace(/^file:/, "")));
  return way.startsWith("..") || isAbsolute(way);
}

function platcEntry(lockText: string): LockEntry | undefined {
  try {
    const { packages, dependencies } = JSON.parse(lockText) as {
      readonly packages?: Readonly<Record<string, LockEntry>>;
      readonly dependencies?: Readonly<Record<string, LockEntry>>;
    };
    return packages?.["node_modules/platc"] ?? dependencies?.["platc"];
  } catch {
    return undefined;
  }
}

/** The folder that git keeps; the project's own where there is no repository yet. */
function repositoryAround(root: string): string {
  for (let at = root; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return root;
  }
}
