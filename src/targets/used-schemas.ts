import type { FoundSchema } from "../rehearsal/find-schema.ts";
import type { RehearsalCounts } from "../rehearsal/rehearsal-counts.ts";
import type { SchemaNeed } from "../rehearsal/schema-origin.ts";

/** Of the schemas that are served, those that a run rested on: what its stacks need, and what it touched beside them. */
export function usedSchemas(
  schemas: readonly FoundSchema[],
  needs: readonly SchemaNeed[],
  { types }: Pick<RehearsalCounts, "types">,
): readonly FoundSchema[] {
  const needed = new Set(needs.map(({ source }) => source));
  const touched = Object.keys(types);
  return schemas.filter(
    ({ schema, origin }) => needed.has(origin.source) || touched.some((type) => schema.resources.has(type)),
  );
}
