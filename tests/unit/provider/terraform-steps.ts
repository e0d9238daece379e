import { providerEngine } from "../../../src/provider/engine.ts";
import type { ApplyAnswer, PlanAnswer, TypeContext } from "../../../src/provider/provider-engine.ts";
import type { Value } from "../../../src/provider/value.ts";
import { proposedNew } from "./proposed-new.ts";
import type { MemoryWorld } from "./provider-parts.ts";

/** Asks for a plan as Terraform does. */
export function plan(context: TypeContext, prior: Value, config: Value): PlanAnswer {
  const proposed = proposedNew(context.schema.block, prior, config);
  return providerEngine.plan(context, { prior, proposed, config });
}

/** Plans, applies, and keeps in the world what came of it. */
export function apply(context: TypeContext, world: MemoryWorld, prior: Value, config: Value): ApplyAnswer {
  const { planned } = plan(context, prior, config);
  const answer = providerEngine.apply(context, { prior, planned, config }, world);
  const { source, typeName } = context;
  if (answer.id !== undefined && answer.state === null) world.remove(source, typeName, answer.id);
  else if (answer.id !== undefined) world.put(source, typeName, { id: answer.id, value: answer.state });
  return answer;
}

export function create(context: TypeContext, world: MemoryWorld, config: Value): ApplyAnswer {
  return apply(context, world, null, config);
}

export function destroy(context: TypeContext, world: MemoryWorld, prior: Value): ApplyAnswer {
  return apply(context, world, prior, null);
}
