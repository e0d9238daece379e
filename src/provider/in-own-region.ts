import type { TypeContext } from "./provider-engine.ts";
import type { Value } from "./value.ts";
import { valueAt } from "./value-at.ts";

/** The place of one resource: since its version 6 each type of aws takes a `region` beside that of the provider. */
export function inOwnRegion(context: TypeContext, resource: Value): TypeContext {
  const region = valueAt(resource, "region");
  const isOwn = hasOwnRegion(context) && typeof region === "string" && region !== "";
  return isOwn ? { ...context, settings: { ...context.settings, region } } : context;
}

/** Whether a resource of the type may say where it is. */
export function hasOwnRegion({ source, schema }: Pick<TypeContext, "source" | "schema">): boolean {
  return /\/aws$/.test(source) && schema.block.attributes.get("region")?.isOptional === true;
}
