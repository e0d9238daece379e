import { canonicalText } from "./canonical-text.ts";
import { worldId } from "./configuration-scope.ts";
import { placesAgree } from "./places-agree.ts";
import type { MadeResource, TypeContext, World } from "./provider-engine.ts";
import { existingIdentity } from "./resource-identity.ts";
import { valueAt } from "./value-at.ts";
import type { Value } from "./value.ts";

/** What the world has of a resource: by its id, or, where its type has none, by being the same. */
export function findMade(context: TypeContext, current: Value, world: World): MadeResource | undefined {
  const { source, typeName } = context;
  const { worldId: known } = existingIdentity(context, current);
  const byIdentity = world.find(source, typeName, known);
  if (byIdentity !== undefined) return byIdentity;
  const id = valueAt(current, "id");
  const byId = typeof id === "string" ? world.find(source, typeName, worldId(context, id)) : undefined;
  return (
    byId ?? sameMade(context, current, world).find((made) => hasPlace(id) || placesAgree(made.id, known))
  );
}

/** Whether the world has it in another place: the provider's configuration points to one region no more, but to the next. */
export function isElsewhere(context: TypeContext, current: Value, world: World): boolean {
  return sameMade(context, current, world).length > 0;
}

/** Ids of Azure and Google say where they are, and are found from anywhere. */
function hasPlace(id: Value): boolean {
  return typeof id === "string" && /^(?:\/subscriptions|projects)\//.test(id);
}

function sameMade({ source, typeName }: TypeContext, current: Value, world: World): readonly MadeResource[] {
  const [id, text] = [valueAt(current, "id"), canonicalText(current, "as bags")];
  return world
    .list(source, typeName)
    .filter((made) => valueAt(made.value, "id") === id && canonicalText(made.value, "as bags") === text);
}
