import type { AttributeSchema, BlockSchema, NestedBlockSchema } from "./provider-schema.ts";

/** Objects within an object: a nested block, or an attribute with attributes of its own. */
export interface NestedObject {
  readonly mode: NestedBlockSchema["mode"];
  readonly block: BlockSchema;
}

const NO_BLOCKS: BlockSchema["blocks"] = new Map();

/** The objects that an attribute holds, where it has attributes of its own. */
export function nestedObject(attribute: AttributeSchema): NestedObject | undefined {
  if (attribute.type.kind === "plain") return undefined;
  return {
    mode: attribute.type.mode,
    block: { attributes: attribute.type.attributes, blocks: NO_BLOCKS },
  };
}
