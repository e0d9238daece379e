import type {
  AttributeSchema,
  BlockSchema,
  NestedBlockSchema,
  ProviderSchema,
  TypeSchema,
} from "./provider-schema.ts";
import type { ProviderOverlay } from "./type-overlay.ts";

/**
 * The schema with the optional attributes that the overlay has a default for as computed ones: Terraform lets no
 * provider but one on the old SDK plan a value for another that nobody wrote.
 */
export function withDefaults(schema: ProviderSchema, overlay: ProviderOverlay | undefined): ProviderSchema {
  if (overlay === undefined) return schema;
  const resources = [...schema.resources].map(([name, type]) => {
    const paths = Object.keys(overlay.resources.get(name)?.defaults ?? {});
    return [name, paths.length === 0 ? type : defaulted(type, new Set(paths))] as const;
  });
  return { ...schema, resources: new Map(resources) };
}

function defaulted(type: TypeSchema, paths: ReadonlySet<string>): TypeSchema {
  return { ...type, block: defaultedBlock(type.block, paths, "") };
}

function defaultedBlock(block: BlockSchema, paths: ReadonlySet<string>, prefix: string): BlockSchema {
  const attributes = [...block.attributes].map(
    ([name, attribute]) =>
      [name, paths.has(`${prefix}${name}`) ? defaultedAttribute(attribute) : attribute] as const,
  );
  const blocks = [...block.blocks].map(([name, nested]): readonly [string, NestedBlockSchema] => [
    name,
    { ...nested, block: defaultedBlock(nested.block, paths, `${prefix}${name}.`) },
  ]);
  return { attributes: new Map(attributes), blocks: new Map(blocks) };
}

/** One that is computed already keeps what it was before where nobody writes it. */
function defaultedAttribute(attribute: AttributeSchema): AttributeSchema {
  return attribute.isComputed ? attribute : { ...attribute, isComputed: true, isDefaulted: true };
}
