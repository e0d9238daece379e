import type { AttributeType, BlockSchema, CtyType, NestedBlockSchema } from "../provider/provider-schema.ts";
import type { Json, JsonObject } from "../text/json.ts";
import type { OfferedType } from "./offered-types.ts";

/** What is offered in a `rehearsal.yaml`. */
export interface RehearsalNames {
  readonly environments: readonly string[];
  readonly types: readonly OfferedType[];
}

/**
 * The schema of one platform's `rehearsal.yaml`: that of the language with the platform's environments, the types of its
 * providers and their attributes. Types and attributes that it does not know stay allowed: the provider may be a newer one.
 */
export function rehearsalSchema(base: JsonObject, { environments, types }: RehearsalNames): JsonObject {
  // A title would head every hover and every mistake.
  const { title: _title, ...schema } = base;
  const definitions = schema["definitions"] as Readonly<Record<string, JsonObject>>;
  const {
    WrittenGivenTypes: byType,
    WrittenGivenResource: resource,
    WrittenRehearsalEnvironments: byEnvironment,
  } = definitions;
  const { additionalProperties: environment } = byEnvironment!;
  const typeProperties = types.map((type) => [type.name, { $ref: `#/definitions/${type.name}` }] as const);
  const typeDefinitions = types.map((type) => [type.name, listOf(type, resource!)] as const);
  return {
    ...schema,
    definitions: {
      ...definitions,
      WrittenRehearsalEnvironments: {
        ...byEnvironment,
        properties: Object.fromEntries(environments.map((name) => [name, environment!])),
      },
      WrittenGivenTypes: { ...byType, properties: Object.fromEntries(typeProperties) },
      ...Object.fromEntries(typeDefinitions),
    },
  };
}

function listOf({ source, idNames, block }: OfferedType, resource: JsonObject): JsonObject {
  const made =
    idNames.length === 0 ? "" : `\n\nIts id is made of ${idNames.map((name) => `\`${name}\``).join(", ")}.`;
  const { id } = resource["properties"] as JsonObject;
  return {
    type: "array",
    markdownDescription: `What exists of this type of \`${source}\`, each with the attributes that anything asks for.${made}`,
    items: { type: "object", minProperties: 1, properties: { id: id!, ...propertiesOf(block, true) } },
  };
}

/** Blocks hold their attributes, and no further blocks: nobody describes those. */
function propertiesOf(block: BlockSchema, hasBlocks: boolean): JsonObject {
  const attributes = [...block.attributes]
    .filter(([name, { isWriteOnly }]) => !isWriteOnly && !(hasBlocks && name === "id"))
    .map(([name, { type }]) => [name, attributeSchema(type)] as const);
  const blocks = hasBlocks
    ? [...block.blocks].map(([name, nested]) => [name, blockSchema(nested)] as const)
    : [];
  return Object.fromEntries([...attributes, ...blocks]);
}

function blockSchema({ mode, block }: NestedBlockSchema): JsonObject {
  const properties = propertiesOf(block, false);
  const one: JsonObject = { type: "object", ...(mode !== "map" && { properties }) };
  return mode === "list" || mode === "set" ? { anyOf: [one, { type: "array", items: one }] } : one;
}

/** What a person may write for a value; a scalar may stand for another one, as in Terraform. */
function attributeSchema(type: AttributeType): JsonObject {
  if (type.kind === "plain") return valueSchema(type.type);
  return { type: type.mode === "list" || type.mode === "set" ? ["array", "object"] : "object" };
}

function valueSchema(type: CtyType): JsonObject {
  if (typeof type === "string") return SCALARS[type] === undefined ? {} : { type: SCALARS[type] };
  const [kind] = type;
  return { type: kind === "map" || kind === "object" ? "object" : "array" };
}

const SCALARS: Readonly<Record<string, Json>> = {
  string: ["string", "number", "boolean"],
  number: ["number", "string"],
  bool: ["boolean", "string"],
};
