import { conformBlock } from "./conform-block.ts";
import type { TypeContext } from "./provider-engine.ts";
import type { Value } from "./value.ts";

/** A state of any schema version, as JSON, to a value of this schema. */
export function upgradeState(context: TypeContext, state: unknown): Value {
  return state === null || state === undefined ? null : conformBlock(context.schema.block, state);
}
