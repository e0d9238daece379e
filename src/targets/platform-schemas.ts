import { findSchemas, type FoundSchemas } from "../rehearsal/find-schema.ts";
import type { SchemaNeed } from "../rehearsal/schema-origin.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Environment } from "../terraform/child-environment.ts";
import type { Tools } from "../terraform/prepare-tools.ts";
import { lockedVersions } from "./locked-versions.ts";
import { packFolders } from "./pack-folders.ts";

export interface PlatformSchemasRequest {
  readonly platform: Platform;
  readonly sources: Sources;
  readonly projectRoot: string;
  readonly environment: Environment;
  readonly tools: Pick<Tools, "mirrors" | "terraform">;
  readonly tell: (message: string, hint?: string) => void;
  readonly signal?: AbortSignal | undefined;
}

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
    packFolders: packFolders(projectRoot),
    signal: request.signal,
  });
}
