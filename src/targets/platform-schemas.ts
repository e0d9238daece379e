import { join } from "node:path";
import { packageRoot } from "../disk/package-root.ts";
import { LOCK_FILE } from "../emit/emit-platform.ts";
import { lockEntries } from "../emit/lock-entries.ts";
import { findSchemas, type FoundSchemas } from "../rehearsal/find-schema.ts";
import type { SchemaNeed } from "../rehearsal/schema-origin.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Environment } from "../terraform/child-environment.ts";
import type { Tools } from "../terraform/prepare-tools.ts";
import { folderOf } from "../text/paths.ts";

export interface PlatformSchemasRequest {
  readonly platform: Platform;
  readonly sources: Sources;
  readonly projectRoot: string;
  readonly environment: Environment;
  readonly tools: Pick<Tools, "mirrors" | "terraform">;
  readonly tell: (message: string, hint?: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/** Where a project has packs and overlays of its own, from its root. */
export const PACK_FOLDER = join("schema", "providers");

/** The schemas of what a platform needs, in the versions of its lock, with the project's packs and platc's. */
export async function platformSchemas(
  request: PlatformSchemasRequest,
  needs: readonly SchemaNeed[],
): Promise<FoundSchemas> {
  const { platform, projectRoot, sources } = request;
  return findSchemas({
    ...request,
    needs,
    lockedVersions: await lockedVersions(platform, sources),
    packFolders: [...new Set([projectRoot, packageRoot()])].map((root) => join(root, PACK_FOLDER)),
    signal: request.signal,
  });
}

/** Versions by complete source, as the platform's lock says. */
async function lockedVersions(platform: Platform, sources: Sources): Promise<ReadonlyMap<string, string>> {
  const lock = await sources.readText(`${folderOf(platform.specPath)}/${LOCK_FILE}`);
  return new Map(
    [...lockEntries(lock ?? "")].flatMap(([source, entry]) => {
      const [, version] = /^\s*version\s*=\s*"([^"]+)"/m.exec(entry) ?? [];
      return version === undefined ? [] : [[source, version] as const];
    }),
  );
}
