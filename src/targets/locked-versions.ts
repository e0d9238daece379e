import { LOCK_FILE } from "../emit/emit-platform.ts";
import { lockEntries } from "../emit/lock-entries.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { folderOf } from "../text/paths.ts";

/** Versions by complete source, as the platform's lock says. */
export async function lockedVersions(
  platform: Platform,
  sources: Sources,
): Promise<ReadonlyMap<string, string>> {
  const lock = await sources.readText(`${folderOf(platform.specPath)}/${LOCK_FILE}`);
  return new Map(
    [...lockEntries(lock ?? "")].flatMap(([source, entry]) => {
      const [, version] = /^\s*version\s*=\s*"([^"]+)"/m.exec(entry) ?? [];
      return version === undefined ? [] : [[source, version] as const];
    }),
  );
}
