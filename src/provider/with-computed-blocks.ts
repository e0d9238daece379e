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
 * old SDK fill in a block that nobody wrote, and takes an attribute of objects in the form of a block as well. What a
 * user must write in such a block is then no more than what may be written there.
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
  return { ...type, block: changedBlock(type.block, new Set(computedBlocks), "") };
}

function changedBlock(block: BlockSchema, paths: ReadonlySet<string>, prefix: string): BlockSchema {
  const attributes = new Map(block.attributes);
  const blocks = new Map<string, NestedBlockSchema>();
  for (const [name, nested] of block.blocks) {
    const path = `${prefix}${name}`;
    if (paths.has(path)) attributes.set(name, attributeOf(nested));
    else blocks.set(name, { ...nested, block: changedBlock(nested.block, paths, `${path}.`) });
  }
  return { attributes, blocks };
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

/** In JSON an attribute is no block: there, what is not marked as optional must be written, be it null. */
function typeOf({ mode, block }: NestedBlockSchema): CtyType {
  const types = objectOf(block);
  const object: CtyType = ["object", types, Object.keys(types)];
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
