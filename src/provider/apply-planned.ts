import { clashesWith } from "./name-clash.ts";
import { completeResource } from "./complete-resource.ts";
import { destroyMade } from "./destroy-made.ts";
import { findMade } from "./find-made.ts";
import { missingParents } from "./missing-parents.ts";
import { isRecord, type ValueRecord } from "./is-record.ts";
import type { ApplyAnswer, TypeContext, World } from "./provider-engine.ts";
import { existingIdentity, newIdentity } from "./resource-identity.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** Makes, changes or destroys one resource. */
export function applyPlanned(
  context: TypeContext,
  { prior, planned }: { readonly prior: Value; readonly planned: Value },
  world: World,
): ApplyAnswer {
  if (!isRecord(planned)) return destroyMade(context, prior, world);
  return isRecord(prior) ? update(context, prior, planned, world) : create(context, planned, world);
}

function create(context: TypeContext, planned: ValueRecord, world: World): ApplyAnswer {
  const { named, ...identity } = newIdentity(context, planned, world);
  const clash = clashesWith(context, named, identity, world);
  if (clash?.severity === "error") return { state: null, id: undefined, problems: [clash] };
  const { problems, assumed } = missingParents(context, named, identity, world);
  if (problems.length > 0) return { state: null, id: undefined, problems };
  const given = { id: identity.id, seed: `${context.typeName}\n${identity.worldId}` };
  const state = completeResource(context, named, given);
  return {
    state,
    id: identity.worldId,
    problems: clash ? [clash] : [],
    ...(assumed.length > 0 && { assumed }),
  };
}

function update(context: TypeContext, prior: ValueRecord, planned: ValueRecord, world: World): ApplyAnswer {
  const known = existingIdentity(context, prior);
  const kept = findMade(context, prior, world)?.id ?? known.worldId;
  const own = valueAt(prior, "id");
  const id = typeof own === "string" ? own : known.id;
  const clash = clashesWith(context, planned, { id, worldId: kept }, world, kept);
  if (clash?.severity === "error") return { state: prior, id: kept, problems: [clash] };
  const given = { id, seed: `${context.typeName}\n${kept}` };
  return { state: completeResource(context, planned, given), id: kept, problems: clash ? [clash] : [] };
}
