import type {
  AttributeSchema,
  BlockSchema,
  CtyType,
  NestedBlockSchema,
  ProviderSchema,
  TypeSchema,
} from "./provider-schema.ts";
import type { ProviderOverlay, TypeOverlay } from "./type-overlay.ts";

/**
 * The schema with the blocks that the overlay calls computed as attributes: Terraform lets no provider but one on the
 * old SDK fill in a block that nobody wrote, and takes an attribute of objects in the form of a block as well.
 */
export function withComputedBlocks(
  schema: ProviderSchema,
  overlay: ProviderOverlay | undefined,
): ProviderSchema {
  if (overlay === undefined) return schema;
  const resources = [...schema.resources].map(
    ([name, type]) => [name, withAttributes(type, overlay.resources.get(name))] as const,
  );
  return { ...schema, resources: new Map(resources) };
}

function withAttributes(type: TypeSchema, { computedBlocks = [] }: TypeOverlay = {}): TypeSchema {
  if (computedBlocks.length === 0) return type;
  const attributes = new Map(type.block.attributes);
  const blocks = new Map(type.block.blocks);
  for (const name of computedBlocks) {
    const block = blocks.get(name);
    if (block === undefined) continue;
    blocks.delete(name);
    attributes.set(name, attributeOf(block));
  }
  return { ...type, block: { attributes, blocks } };
}

function attributeOf(block: NestedBlockSchema): AttributeSchema {
  return {
    type: { kind: "plain", type: typeOf(block) },
    isRequired: false,
    isOptional: true,
    isComputed: true,
    isSensitive: false,
    isWriteOnly: false,
  };
}

function typeOf({ mode, block }: NestedBlockSchema): CtyType {
  const object: CtyType = ["object", objectOf(block)];
  return mode === "single" || mode === "group" ? object : [mode, object];
}

function objectOf({ attributes, blocks }: BlockSchema): Readonly<Record<string, CtyType>> {
  const plain = [...attributes].map(([name, { type }]): readonly [string, CtyType] => [
    name,
    type.kind === "plain" ? type.type : "dynamic",
  ]);
  return Object.fromEntries([
    ...plain,
    ...[...blocks].map(([name, block]) => [name, typeOf(block)] as const),
  ]);
}
