import type { TypeContext } from "./provider-engine.ts";
import type { BlockSchema } from "./provider-schema.ts";

/** How a provider without an overlay for a type makes its ids, where that is the same for nearly all of its types. */
export function defaultIdTemplate({ source, typeName, schema }: TypeContext): string | undefined {
  const { attributes, blocks } = schema.block;
  if (
    /\/azurerm$/.test(source) &&
    isInput(schema.block, "name") &&
    isInput(schema.block, "resource_group_name")
  ) {
    const kind = typeName.replace(/^azurerm_/, "");
    return `/subscriptions/{SUBSCRIPTION_ID|00000000-0000-0000-0000-000000000000}/resourceGroups/{resource_group_name}/providers/Microsoft.Rehearsal/${kind}/{name}`;
  }
  const metadata = blocks.get("metadata")?.block;
  if (/\/kubernetes$/.test(source) && metadata?.attributes.has("name")) {
    return metadata.attributes.has("namespace")
      ? "{metadata.namespace|default}/{metadata.name}"
      : "{metadata.name}";
  }
  if (/\/helm$/.test(source) && attributes.has("namespace") && isInput(schema.block, "name")) {
    return "{namespace|default}/{name}";
  }
  return undefined;
}

function isInput(block: BlockSchema, name: string): boolean {
  const attribute = block.attributes.get(name);
  return attribute !== undefined && (attribute.isRequired || attribute.isOptional);
}
