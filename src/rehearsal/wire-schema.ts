import type {
  AttributeSchema,
  BlockSchema,
  CtyType,
  NestedBlockSchema,
  ProviderSchema,
  TypeSchema,
} from "../provider/provider-schema.ts";
import { providerFunctions } from "../provider/provider-functions.ts";
import type { ProviderOverlay, TypeOverlay } from "../provider/type-overlay.ts";
import { serializeSchemas } from "./protocol.ts";

/** The numbers of the protocol; objects have no group. */
const NESTING = { single: 1, list: 2, set: 3, map: 4, group: 5 } as const;
const NOTHING: ReadonlySet<string> = new Set();

/** What GetProviderSchema answers, as bytes; marked sensitive is also what the overlay says. */
export function encodeSchemas(schema: ProviderSchema, overlay: ProviderOverlay | undefined): Buffer {
  return serializeSchemas({
    provider: { version: 0, block: blockMessage(schema.provider, NOTHING, "") },
    resource_schemas: typeMessages(schema.resources, overlay?.resources),
    data_source_schemas: typeMessages(schema.dataSources, overlay?.dataSources),
    ephemeral_resource_schemas: typeMessages(schema.ephemerals, undefined),
    functions: functionMessages(schema.source),
    server_capabilities: { plan_destroy: true, get_provider_schema_optional: true },
  });
}

function functionMessages(source: string): Readonly<Record<string, object>> {
  const typeOf = (type: CtyType): Buffer => Buffer.from(JSON.stringify(type));
  return Object.fromEntries(
    [...providerFunctions(source)].map(([name, { parameters, returns }]) => [
      name,
      {
        parameters: parameters.map((one) => ({ name: one.name, type: typeOf(one.type) })),
        return: { type: typeOf(returns) },
      },
    ]),
  );
}

function typeMessages(
  types: ReadonlyMap<string, TypeSchema>,
  overlays: ReadonlyMap<string, TypeOverlay> | undefined,
) {
  return Object.fromEntries(
    [...types].map(([name, { version, block }]) => {
      const sensitive = new Set(overlays?.get(name)?.sensitive);
      return [name, { version, block: blockMessage(block, sensitive, "") }];
    }),
  );
}

function blockMessage(block: BlockSchema, sensitive: ReadonlySet<string>, prefix: string): object {
  return {
    attributes: attributeMessages(block.attributes, sensitive, prefix),
    block_types: [...block.blocks].map(([name, nested]) =>
      nestedBlockMessage(name, nested, sensitive, `${prefix}${name}.`),
    ),
  };
}

function nestedBlockMessage(
  name: string,
  { mode, minItems, maxItems, block }: NestedBlockSchema,
  sensitive: ReadonlySet<string>,
  prefix: string,
): object {
  return {
    type_name: name,
    nesting: NESTING[mode],
    min_items: minItems,
    max_items: maxItems,
    block: blockMessage(block, sensitive, prefix),
  };
}

function attributeMessages(
  attributes: ReadonlyMap<string, AttributeSchema>,
  sensitive: ReadonlySet<string>,
  prefix: string,
): readonly object[] {
  return [...attributes].map(([name, attribute]) => attributeMessage(name, attribute, sensitive, prefix));
}

function attributeMessage(
  name: string,
  attribute: AttributeSchema,
  sensitive: ReadonlySet<string>,
  prefix: string,
): object {
  const path = `${prefix}${name}`;
  const { type } = attribute;
  return {
    name,
    required: attribute.isRequired,
    optional: attribute.isOptional,
    computed: attribute.isComputed,
    sensitive: attribute.isSensitive || isMarked(path, type.kind, sensitive),
    write_only: attribute.isWriteOnly,
    ...(type.kind === "plain"
      ? { type: Buffer.from(JSON.stringify(type.type)) }
      : {
          nested_type: {
            nesting: NESTING[type.mode],
            attributes: attributeMessages(type.attributes, sensitive, `${path}.`),
          },
        }),
  };
}

/** A plain attribute can only be sensitive as a whole, though the overlay names a part of it. */
function isMarked(path: string, kind: "plain" | "nested", sensitive: ReadonlySet<string>): boolean {
  if (sensitive.has(path)) return true;
  return kind === "plain" && [...sensitive].some((marked) => marked.startsWith(`${path}.`));
}
