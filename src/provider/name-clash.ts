import { ownId, worldId } from "./configuration-scope.ts";
import { equalValues } from "./equal-values.ts";
import type { ProviderProblem, TypeContext, World } from "./provider-engine.ts";
import type { ResourceIdentity } from "./resource-identity.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** That the id or the name of a resource is another's already; `own` is the world's id of what is being changed. */
export function clashesWith(
  context: TypeContext,
  planned: Value,
  identity: ResourceIdentity,
  world: World,
  own?: string,
): ProviderProblem | undefined {
  const { source, typeName, overlay } = context;
  if (identity.worldId !== own && world.find(source, typeName, identity.worldId) !== undefined) {
    return problem(typeName, identity.id, identity.id);
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
  return taken && problem(typeName, values.map(String).join(", "), ownId(taken.id));
}

function problem(typeName: string, name: string, id: string): ProviderProblem {
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
