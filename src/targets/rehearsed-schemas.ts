import type { ModuleContract } from "../modules/contract.ts";
import type { FoundSchemas, SchemaProblem } from "../rehearsal/find-schema.ts";
import { rememberedNeeds, rememberNeeds } from "../rehearsal/remembered-needs.ts";
import { schemaNeeds } from "../rehearsal/schema-needs.ts";
import type { SchemaNeed } from "../rehearsal/schema-origin.ts";
import type { Stack } from "../stacks/stack.ts";
import type { Refusal } from "./given-endpoint.ts";
import { platformSchemas, type PlatformSchemasRequest } from "./platform-schemas.ts";
import { problemsWithUsers } from "./problems-with-users.ts";

export interface RehearsedSchemasRequest extends PlatformSchemasRequest {
  /** The selected ones. */
  readonly stacks: readonly Stack[];
  /** Contracts of modules that a stack calls and compile has not read. */
  readonly beyond: (address: string) => readonly ModuleContract[];
  /** The world's folder. */
  readonly world: string;
}

export interface RehearsedSchemas extends FoundSchemas {
  /** What the selected stacks need of them. */
  readonly needs: () => readonly SchemaNeed[];
}

/**
 * The schemas of all that the platform uses and that was rehearsed before, so that they are the same whatever is
 * selected. Where something has none, the selected stacks alone count: what they use must be there.
 */
export async function rehearsedSchemas(
  request: RehearsedSchemasRequest,
): Promise<RehearsedSchemas | Refusal> {
  const { platform, stacks, beyond, world, tell } = request;
  const needs = schemaNeeds(platform, platform.stacks, beyond);
  const isAll = stacks.length === platform.stacks.length;
  const all = await platformSchemas(request, await rememberedNeeds(world, needs));
  if (all.problems.length === 0) {
    await rememberNeeds(world, needs);
    return { ...all, needs: () => (isAll ? needs : schemaNeeds(platform, stacks, beyond)) };
  }
  const selected = isAll ? needs : schemaNeeds(platform, stacks, beyond);
  const found = await platformSchemas(request, selected);
  if (found.problems.length > 0) return refusal(await problemsWithUsers(request, found.problems));
  for (const { message, hint } of all.problems)
    tell(`${message}; no stack of this run uses that, and the others are not rehearsed`, hint);
  await rememberNeeds(world, selected);
  return { ...found, needs: () => selected };
}

/** Each provider has its way out below it. */
function refusal(problems: readonly SchemaProblem[]): Refusal {
  const [first, ...others] = problems;
  if (first && others.length === 0) return { status: "failed", message: first.message, hint: first.hint };
  const blocks = problems.map(({ message, hint }) => `  ${message}\n    ${hint}`);
  return {
    status: "failed",
    message: `${problems.length} providers cannot be rehearsed yet:\n${blocks.join("\n")}`,
    hint: problems.some(({ order }) => order)
      ? "'platc rehearsal pack' makes all packs that are missing at once; 'platc rehearsal schemas' lists what is there."
      : "'platc rehearsal schemas' lists what is there.",
  };
}
