import type {
  AttributeSchema,
  AttributeType,
  BlockSchema,
  CtyType,
  NestedBlockSchema,
  ProviderSchema,
  TypeSchema,
} from "./provider-schema.ts";

/** One provider's part of what `terraform providers schema -json` prints. */
export interface ProviderSchemaJson {
  readonly provider?: TypeSchemaJson;
  readonly resource_schemas?: Readonly<Record<string, TypeSchemaJson>>;
  readonly data_source_schemas?: Readonly<Record<string, TypeSchemaJson>>;
  readonly ephemeral_resource_schemas?: Readonly<Record<string, TypeSchemaJson>>;
}

export interface TypeSchemaJson {
  readonly version?: number;
  readonly block?: BlockJson;
}

export interface BlockJson {
  readonly attributes?: Readonly<Record<string, AttributeJson>>;
  readonly block_types?: Readonly<Record<string, NestedBlockJson>>;
}

export interface AttributeJson {
  readonly type?: CtyType;
  readonly nested_type?: {
    readonly attributes?: Readonly<Record<string, AttributeJson>>;
    readonly nesting_mode: "single" | "list" | "set" | "map";
  };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
}

export interface NestedBlockJson {
  readonly nesting_mode: NestedBlockSchema["mode"];
  readonly block?: BlockJson;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** Reads one provider of `terraform providers schema -json`, or a pack, which has the same form. */
export function readProviderSchema(
  json: ProviderSchemaJson,
  source: string,
  version: string,
): ProviderSchema {
  return {
    source,
    version,
    provider: readBlock(json.provider?.block),
    resources: mapValues(json.resource_schemas, readType),
    dataSources: mapValues(json.data_source_schemas, readType),
    ephemerals: mapValues(json.ephemeral_resource_schemas, readType),
  };
}

function readType({ version = 0, block }: TypeSchemaJson): TypeSchema {
  return { version, block: readBlock(block) };
}

function readBlock(block: BlockJson = {}): BlockSchema {
  return {
    attributes: mapValues(block.attributes, readAttribute),
    blocks: mapValues(block.block_types, readNestedBlock),
  };
}

function readNestedBlock(nested: NestedBlockJson): NestedBlockSchema {
  return {
    mode: nested.nesting_mode,
    minItems: nested.min_items ?? 0,
    maxItems: nested.max_items ?? 0,
    block: readBlock(nested.block),
  };
}

function readAttribute(attribute: AttributeJson): AttributeSchema {
  return {
    type: readAttributeType(attribute),
    isRequired: attribute.required ?? false,
    isOptional: attribute.optional ?? false,
    isComputed: attribute.computed ?? false,
    isSensitive: attribute.sensitive ?? false,
    isWriteOnly: attribute.write_only ?? false,
  };
}

function readAttributeType({ type = "dynamic", nested_type: nested }: AttributeJson): AttributeType {
  if (nested === undefined) return { kind: "plain", type };
  return {
    kind: "nested",
    mode: nested.nesting_mode,
    attributes: mapValues(nested.attributes, readAttribute),
  };
}

function mapValues<From, To>(
  record: Readonly<Record<string, From>> = {},
  read: (value: From) => To,
): ReadonlyMap<string, To> {
  return new Map(Object.entries(record).map(([name, value]) => [name, read(value)]));
}
