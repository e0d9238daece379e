import { conformBlock } from "./conform-block.ts";
import { isPlaceKnown } from "./configuration-scope.ts";
import { findMade, isElsewhere } from "./find-made.ts";
import type { ReadAnswer, TypeContext, World } from "./provider-engine.ts";
import { existingIdentity } from "./resource-identity.ts";
import type { Value } from "./value.ts";

/**
 * What exists as the world has it; nothing where the world has it in another place than the configuration points to.
 * Adopted as it is where the world does not know it, as after a lost store.
 */
export function readMade(context: TypeContext, current: Value, world: World): ReadAnswer {
  if (current === null) return { state: null, problems: [] };
  const made = findMade(context, current, world);
  if (made !== undefined) return { state: conformBlock(context.schema.block, made.value), problems: [] };
  if (!isPlaceKnown(context)) return { state: current, problems: [] };
  if (isElsewhere(context, current, world)) return { state: null, problems: [] };
  return { state: current, problems: [], adoptedId: existingIdentity(context, current).worldId };
}
