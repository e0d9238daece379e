import { ownId } from "./configuration-scope.ts";
import { deletionRefused } from "./deletion-refused.ts";
import { findMade } from "./find-made.ts";
import { labelOf } from "./label-of.ts";
import { meetsWildcard } from "./meets-wildcard.ts";
import type { ApplyAnswer, MadeResource, TypeContext, World } from "./provider-engine.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** Destroys a resource, with what goes with it, unless it is protected or others stand in it; one that is not there is gone already. */
export function destroyMade(context: TypeContext, prior: Value, world: World): ApplyAnswer {
  const made = findMade(context, prior, world);
  if (made === undefined) return { state: null, id: undefined, problems: [] };
  const refused = deletionRefused(context, prior, labelOf(prior, ownId(made.id)));
  if (refused !== undefined) return { state: prior, id: made.id, problems: [refused] };
  const { takes = {} } = context.overlay ?? {};
  const inside = world
    .children(made.id)
    .filter(({ typeName }) => standsIn(context, made.id, typeName) && !Object.hasOwn(takes, typeName));
  const isForced = ["force_destroy", "force_delete"].some((name) => valueAt(prior, name) === true);
  if (inside.length === 0 || isForced || belongsToTwin(context, made.id, world))
    return { state: null, id: made.id, problems: [], taken: takenWith(context, made, world) };
  const names = inside.map((child) => `${child.typeName} "${ownId(child.id)}"`);
  const problem = {
    severity: "error" as const,
    summary: `${context.typeName} "${ownId(made.id)}" is not empty`,
    detail:
      `It still holds ${listOf(names)}. Destroy first what stands in it: ` +
      "the stack that makes it is missing an upstream, or was left out of the selection.",
    path: [],
  };
  return { state: prior, id: made.id, problems: [problem] };
}

/** What has nothing to stand in any more, and is gone with it. */
function takenWith(
  { source, overlay }: TypeContext,
  made: MadeResource,
  world: World,
): NonNullable<ApplyAnswer["taken"]> {
  const own = valueAt(made.value, "id");
  const id = String(own ?? ownId(made.id)).toLowerCase();
  return Object.entries(overlay?.takes ?? {}).flatMap(([typeName, attribute]) =>
    world
      .list(source, typeName)
      .filter(({ value }) => String(valueAt(value, attribute)).toLowerCase() === id)
      .map((one) => ({ typeName, id: one.id })),
  );
}

/**
 * Whether what has an id that begins with the resource's stands in it. A path says so by itself; a name may be that of
 * a role as well as that of a namespace, and the rules about parents say which of them holds the other.
 */
function standsIn({ typeName, family }: TypeContext, id: string, child: string): boolean {
  if (child === typeName) return false;
  const rules = family?.parents ?? [];
  if (rules.length === 0 || /^(?:\/|arn:|https?:)/.test(ownId(id))) return true;
  const holding = rules.filter(({ types }) => types.includes(typeName));
  const isSameProvider = providerOf(child) === providerOf(typeName);
  return holding.some(({ of }) => !isSameProvider || of.some((pattern) => meetsWildcard(pattern, child)));
}

function providerOf(typeName: string): string {
  return typeName.split("_", 1)[0]!;
}

/**
 * Whether it only belongs to another resource that has its id: an `aws_s3_bucket_policy` to the `aws_s3_bucket`. Nothing
 * stands in it then, but in the other.
 */
function belongsToTwin({ source, typeName }: TypeContext, id: string, world: World): boolean {
  const words = typeName.split("_");
  return words.some(
    (_, count) => count > 1 && world.find(source, words.slice(0, count).join("_"), id) !== undefined,
  );
}

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 3).join(", ");
  return names.length > 3 ? `${shown} and ${names.length - 3} more` : shown;
}
