import { conformBlock } from "./conform-block.ts";
import { describeGiven } from "./describe-given.ts";
import { worldId } from "./configuration-scope.ts";
import { hasOwnRegion, inOwnRegion } from "./in-own-region.ts";
import type { ReadAnswer, TypeContext, World } from "./provider-engine.ts";
import { valueAt } from "./value-at.ts";

const IN_REGION = /^(.+)@([a-z]+(?:-[a-z]+)+-\d+)$/;

/** What the world has under an id; since version 6 of aws it may end with a region, as in `vpc-1@eu-west-1`. */
export function importById(asking: TypeContext, asked: string, world: World): ReadAnswer {
  const [, id = asked, region = null] = hasOwnRegion(asking) ? (IN_REGION.exec(asked) ?? []) : [];
  const context = inOwnRegion(asking, { region });
  const { source, typeName, schema } = context;
  const place = worldId(context, "");
  const made =
    world.find(source, typeName, worldId(context, id)) ??
    world.list(source, typeName).find((one) => one.id.startsWith(place) && valueAt(one.value, "id") === id);
  if (made !== undefined) return { state: conformBlock(schema.block, made.value), problems: [] };
  const problem = {
    severity: "error" as const,
    summary: "Cannot import non-existent remote object",
    detail:
      `Nothing in this rehearsal has made the ${typeName} "${id}". ` +
      "A rehearsal knows only what its own stacks made and what it was told of: rehearse the stack that makes it " +
      `first. ${describeGiven(typeName, { id })}`,
    path: [],
  };
  return { state: null, problems: [problem] };
}
