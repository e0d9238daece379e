import type {
  AttributeSchema,
  BlockSchema,
  CtyType,
  NestedBlockSchema,
} from "../provider/provider-schema.ts";

/** The type of the values that a block's schema describes, as Terraform works it out. */
export function impliedType(block: BlockSchema): CtyType {
  const attributes = [...block.attributes].map(
    ([name, attribute]) => [name, attributeType(attribute)] as const,
  );
  const blocks = [...block.blocks].map(([name, nested]) => [name, nestedBlockType(nested)] as const);
  return ["object", Object.fromEntries([...attributes, ...blocks])];
}

/** The type of an attribute's value. */
export function attributeType({ type }: AttributeSchema): CtyType {
  if (type.kind === "plain") return type.type;
  const members = [...type.attributes].map(([name, attribute]) => [name, attributeType(attribute)] as const);
  const object: CtyType = ["object", Object.fromEntries(members)];
  return type.mode === "single" ? object : [type.mode, object];
}

/** Blocks whose elements may differ in type come as a tuple or an object, of a type that the value tells. */
function nestedBlockType({ mode, block }: NestedBlockSchema): CtyType {
  const type = impliedType(block);
  if (mode === "single" || mode === "group") return type;
  return mode !== "set" && hasDynamic(type) ? "dynamic" : [mode, type];
}

function hasDynamic(type: CtyType): boolean {
  if (typeof type === "string") return type === "dynamic";
  switch (type[0]) {
    case "object":
      return Object.values(type[1]).some(hasDynamic);
    case "tuple":
      return type[1].some(hasDynamic);
    default:
      return hasDynamic(type[1]);
  }
}
