import { join } from "node:path";
import { packageRoot } from "../disk/package-root.ts";
import { LOCK_FILE } from "../emit/emit-platform.ts";
import { lockEntries } from "../emit/lock-entries.ts";
import type { ModuleContract } from "../modules/contract.ts";
import { findSchemas, type FoundSchemas, type SchemaProblem } from "../rehearsal/find-schema.ts";
import { rememberedNeeds, rememberNeeds } from "../rehearsal/remembered-needs.ts";
import { schemaNeeds } from "../rehearsal/schema-needs.ts";
import type { SchemaNeed } from "../rehearsal/schema-origin.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import type { Environment } from "../terraform/child-environment.ts";
import type { Tools } from "../terraform/prepare-tools.ts";
import { folderOf } from "../text/paths.ts";
import type { Refusal } from "./given-endpoint.ts";
import { typeUsers } from "./type-users.ts";

export interface RehearsedSchemasRequest {
  readonly platform: Platform;
  /** The selected ones. */
  readonly stacks: readonly Stack[];
  /** Contracts of modules that a stack calls and compile has not read. */
  readonly beyond: (address: string) => readonly ModuleContract[];
  readonly sources: Sources;
  readonly projectRoot: string;
  /** The world's folder. */
  readonly world: string;
  readonly environment: Environment;
  readonly tools: Pick<Tools, "mirrors" | "terraform">;
  readonly tell: (message: string, hint?: string) => void;
  readonly signal?: AbortSignal | undefined;
}

/**
 * The schemas of all that the platform uses and that was rehearsed before, so that they are the same whatever is
 * selected. Where something has none, the selected stacks alone count: what they use must be there.
 */
export async function rehearsedSchemas(request: RehearsedSchemasRequest): Promise<FoundSchemas | Refusal> {
  const { platform, stacks, beyond, world, tell } = request;
  const needs = schemaNeeds(platform, platform.stacks, beyond);
  const all = await find(request, await rememberedNeeds(world, needs));
  if (all.problems.length === 0) {
    await rememberNeeds(world, needs);
    return all;
  }
  const selected = schemaNeeds(platform, stacks, beyond);
  const found = await find(request, selected);
  if (found.problems.length > 0) return refusal(request, found.problems);
  for (const { message, hint } of all.problems)
    tell(`${message}; no stack of this run uses that, and the others are not rehearsed`, hint);
  await rememberNeeds(world, selected);
  return found;
}

async function find(request: RehearsedSchemasRequest, needs: readonly SchemaNeed[]): Promise<FoundSchemas> {
  const { platform, projectRoot, sources } = request;
  return findSchemas({
    ...request,
    needs,
    lockedVersions: await lockedVersions(platform, sources),
    packFolders: [join(projectRoot, "schema", "providers"), join(packageRoot(), "schema", "providers")],
    signal: request.signal,
  });
}

async function refusal(
  request: RehearsedSchemasRequest,
  problems: readonly SchemaProblem[],
): Promise<Refusal> {
  const messages = await Promise.all(
    problems.map(async (problem) => {
      const users = await typeUsers(request, problem);
      return users === "" ? problem.message : `${problem.message}: ${users}`;
    }),
  );
  return { status: "failed", message: messages.join("; "), hint: problems[0]!.hint };
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
