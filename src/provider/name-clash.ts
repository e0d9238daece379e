import { ownId, worldId } from "./configuration-scope.ts";
import { equalValues } from "./equal-values.ts";
import type { ProviderProblem, TypeContext, World } from "./provider-engine.ts";
import type { ResourceIdentity } from "./resource-identity.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/**
 * That the id or the name of a resource is another's already; `own` is the world's id of what is being changed. It is a
 * warning where the cloud writes over what is there and says nothing, as it does with the policy of a bucket.
 */
export function clashesWith(
  context: TypeContext,
  planned: Value,
  identity: ResourceIdentity,
  world: World,
  own?: string,
): ProviderProblem | undefined {
  const taken = takenBy(context, planned, identity, world, own);
  if (taken === undefined) return undefined;
  return isOverwritten(context, planned)
    ? overwritten(context.typeName, taken.name)
    : clash(context.typeName, taken);
}

interface Taken {
  readonly name: string;
  /** Of the one that has it. */
  readonly id: string;
}

function takenBy(
  context: TypeContext,
  planned: Value,
  identity: ResourceIdentity,
  world: World,
  own: string | undefined,
): Taken | undefined {
  const { source, typeName, overlay } = context;
  if (identity.worldId !== own && world.find(source, typeName, identity.worldId) !== undefined) {
    return { name: identity.id, id: identity.id };
  }
  const names = overlay?.unique ?? [];
  const values = names.map((name) => valueAt(planned, name));
  if (names.length === 0 || values.includes(null)) return undefined;
  const place = worldId(context, "");
  const taken = world
    .list(source, typeName)
    .find(
      (made) =>
        made.id !== own &&
        made.id.startsWith(place) &&
        names.every((name, at) => equalValues(values[at]!, valueAt(made.value, name))),
    );
  return taken && { name: values.map(String).join(", "), id: ownId(taken.id) };
}

function isOverwritten({ overlay }: TypeContext, planned: Value): boolean {
  const { overwrites } = overlay ?? {};
  return overwrites === true || (overwrites !== undefined && valueAt(planned, overwrites) === true);
}

function overwritten(typeName: string, name: string): ProviderProblem {
  return {
    severity: "warning",
    summary: `${typeName} "${name}" was there already, and is written over`,
    detail:
      "So does the cloud, and says nothing. Where an earlier apply made it and ended before it was written down in " +
      "the state, all is well now. Where another stack, or another resource of this one, has it as well, the two " +
      "will go on to write over each other: leave it to one of them.",
    path: [],
  };
}

function clash(typeName: string, { name, id }: Taken): ProviderProblem {
  return {
    severity: "error",
    summary: `${typeName} "${name}" already exists`,
    detail:
      "Either another stack, or another resource of this one, has made it in this rehearsal: give one of the two " +
      "another name, or make it once and read it where it is needed. Or the stack had another name: 'moved: [EARLIER]' " +
      "of it carries over what it has made. Or an earlier apply made it and ended before it was written down in the state: " +
      `take it over by 'refactor: { import: [{ to: ADDRESS, id: ${JSON.stringify(id)} }] }' of the stack, ` +
      "or begin anew by 'platc rehearsal reset'.",
    path: [],
  };
}
