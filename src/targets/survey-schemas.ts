import { join } from "node:path";
import { createEmitter } from "../emit/emit-platform.ts";
import { createRehearsedEmitter } from "../emit/rehearsed-emitter.ts";
import type { ModuleContract } from "../modules/contract.ts";
import type { FoundSchema, SchemaProblem } from "../rehearsal/find-schema.ts";
import { rememberedNeeds } from "../rehearsal/remembered-needs.ts";
import { schemaNeeds } from "../rehearsal/schema-needs.ts";
import { rehearsalFolder, rehearsedPlatform } from "../stacks/rehearsed-platform.ts";
import type { Note } from "../terraform/note.ts";
import type { Tools } from "../terraform/prepare-tools.ts";
import { contractsBeyond } from "./contracts-beyond.ts";
import { extraModules } from "./extra-modules.ts";
import { fetchedModules } from "./fetched-modules.ts";
import { platformSchemas, type PlatformSchemasRequest } from "./platform-schemas.ts";
import { problemsWithUsers } from "./problems-with-users.ts";

export interface SchemaSurveyRequest extends PlatformSchemasRequest {
  readonly tools: Pick<Tools, "cliConfig" | "mirrors" | "terraform">;
}

/** What a rehearsal of a whole platform would be served, and what it lacks. */
export interface SchemaSurvey {
  readonly schemas: readonly FoundSchema[];
  /** With the stacks that need what is lacking. */
  readonly problems: readonly SchemaProblem[];
  readonly notes: readonly Note[];
}

/** Looks up the schemas of all that a platform uses, and of what was rehearsed before. Modules that cannot be fetched are told. */
export async function surveySchemas(request: SchemaSurveyRequest): Promise<SchemaSurvey> {
  const platform = rehearsedPlatform(request.platform);
  const beyond = await modulesBeyond({ ...request, platform });
  const world = join(request.projectRoot, rehearsalFolder(request.platform.spec.name));
  const needs = await rememberedNeeds(world, schemaNeeds(platform, platform.stacks, beyond));
  const { schemas, problems, notes } = await platformSchemas(request, needs);
  const told = await problemsWithUsers({ ...request, platform, stacks: platform.stacks, beyond }, problems);
  return { schemas, problems: told, notes };
}

async function modulesBeyond(
  request: SchemaSurveyRequest,
): Promise<(address: string) => readonly ModuleContract[]> {
  const { platform, sources, tell } = request;
  const extra = await extraModules(platform, sources);
  const plain = await createEmitter(platform, sources);
  const emitter = createRehearsedEmitter(platform, sources, { emitter: plain, extraModules: extra });
  const fetched = new Map<string, readonly ModuleContract[]>();
  for (const stack of platform.stacks) {
    const found = await fetchedModules({ ...request, stacks: [stack], extra, emitter });
    if ("status" in found) tell(`${found.message}; what they use is not known`, found.hint);
    else for (const [address, contracts] of found) fetched.set(address, contracts);
  }
  return contractsBeyond(extra, fetched);
}
