import { canonicalText } from "./canonical-text.ts";
import { worldId } from "./configuration-scope.ts";
import type { MadeResource, TypeContext, World } from "./provider-engine.ts";
import { existingIdentity } from "./resource-identity.ts";
import { valueAt } from "./value-at.ts";
import type { Value } from "./value.ts";

/** What the world has of a resource: by its id, or, where its type has none, by being the same. */
export function findMade(context: TypeContext, current: Value, world: World): MadeResource | undefined {
  const { source, typeName } = context;
  const byIdentity = world.find(source, typeName, existingIdentity(context, current).worldId);
  if (byIdentity !== undefined) return byIdentity;
  const id = valueAt(current, "id");
  const byId = typeof id === "string" ? world.find(source, typeName, worldId(context, id)) : undefined;
  if (byId !== undefined) return byId;
  const text = canonicalText(current, "as bags");
  return world
    .list(source, typeName)
    .find((made) => valueAt(made.value, "id") === id && canonicalText(made.value, "as bags") === text);
}
