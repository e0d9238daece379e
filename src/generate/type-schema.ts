import type { TerraformAttribute, TerraformType } from "../modules/terraform-type.ts";
import type { Json, JsonObject } from "../text/json.ts";

/** Text with a template in it, which may turn out to be of any type; `!unset` looks like empty text to an editor. */
export const TEMPLATE: JsonObject = { type: "string", pattern: "^$|\\{\\{" };

/**
 * The JSON schema of what a person may write for a value of a Terraform type: the type itself, what Terraform converts
 * to it, or a template. `references` is a schema of the templates that an editor should offer.
 */
export function typeSchema(type: TerraformType, references: JsonObject = TEMPLATE): JsonObject {
  switch (type.kind) {
    case "any":
      return {};
    case "string":
      return { anyOf: [references, { type: ["string", "number", "boolean"] }] };
    case "number":
      return {
        anyOf: [
          { type: "number" },
          { type: "string", pattern: "^$|\\{\\{|^-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?$" },
          references,
        ],
      };
    case "bool":
      return { anyOf: [{ type: "boolean" }, { type: "string", pattern: "^$|\\{\\{|^(true|false)$" }] };
    case "list":
    case "set":
      return { anyOf: [{ type: "array", items: typeSchema(type.element, references) }, TEMPLATE] };
    case "tuple":
      return {
        anyOf: [
          { type: "array", items: type.elements.map((element) => typeSchema(element, references)) },
          TEMPLATE,
        ],
      };
    case "map":
      return {
        anyOf: [{ type: "object", additionalProperties: typeSchema(type.element, references) }, TEMPLATE],
      };
    case "object":
      return { anyOf: [objectSchema(type.attributes, references), TEMPLATE] };
  }
}

/** No attribute is required: a layer may hold a part of the object. */
function objectSchema(
  attributes: ReadonlyMap<string, TerraformAttribute>,
  references: JsonObject,
): JsonObject {
  const properties = [...attributes].map(([name, attribute]): [string, JsonObject] => {
    const { optional, default: standard } = attribute;
    const schema = typeSchema(attribute.type, references);
    const isNullable = optional && Array.isArray(schema["anyOf"]);
    const description = optional ? "Optional." : "**Required.**";
    return [
      name,
      {
        ...(isNullable ? { anyOf: [...(schema["anyOf"] as readonly Json[]), { type: "null" }] } : schema),
        markdownDescription: description,
        ...(standard !== undefined && standard !== null && { default: standard }),
      },
    ];
  });
  return { type: "object", properties: Object.fromEntries(properties), additionalProperties: false };
}
