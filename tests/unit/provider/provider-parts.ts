import type { MadeResource, TypeContext, World } from "../../../src/provider/provider-engine.ts";
import type {
  AttributeSchema,
  BlockSchema,
  CtyType,
  NestedBlockSchema,
} from "../../../src/provider/provider-schema.ts";
import type { Value } from "../../../src/provider/value.ts";

/** `required`, `optional`, `computed`, `optional computed`, and `write-only` with one of them. */
export function attribute(type: CtyType, flags: string): AttributeSchema {
  return { type: { kind: "plain", type }, ...flagsOf(flags) };
}

export function nestedAttribute(
  mode: "single" | "list" | "set" | "map",
  attributes: Readonly<Record<string, AttributeSchema>>,
  flags: string,
): AttributeSchema {
  return {
    type: { kind: "nested", mode, attributes: new Map(Object.entries(attributes)) },
    ...flagsOf(flags),
  };
}

function flagsOf(flags: string): Omit<AttributeSchema, "type"> {
  const words = flags.split(" ");
  return {
    isRequired: words.includes("required"),
    isOptional: words.includes("optional"),
    isComputed: words.includes("computed"),
    isWriteOnly: words.includes("write-only"),
    isSensitive: false,
  };
}

export function block(
  attributes: Readonly<Record<string, AttributeSchema>>,
  blocks: Readonly<Record<string, NestedBlockSchema>> = {},
): BlockSchema {
  return { attributes: new Map(Object.entries(attributes)), blocks: new Map(Object.entries(blocks)) };
}

export function blocks(mode: NestedBlockSchema["mode"], inner: BlockSchema): NestedBlockSchema {
  return { mode, minItems: 0, maxItems: 0, block: inner };
}

export const ID = attribute("string", "computed");
export const NAME = attribute("string", "required");

export function contextOf(schema: BlockSchema, more: Partial<Omit<TypeContext, "schema">> = {}): TypeContext {
  return {
    source: "example/cloud",
    typeName: "cloud_thing",
    overlay: undefined,
    settings: {},
    ...more,
    schema: { version: 0, block: schema },
  };
}

export interface MemoryWorld extends World {
  readonly put: (source: string, typeName: string, made: MadeResource) => void;
  readonly remove: (source: string, typeName: string, id: string) => void;
  readonly all: () => readonly string[];
}

/** What has been made, in memory, kept as the store of a rehearsal keeps it. */
export function memoryWorld(): MemoryWorld {
  const made = new Map<string, Map<string, MadeResource>>();
  const ofType = (source: string, typeName: string): Map<string, MadeResource> => {
    const key = `${source} ${typeName}`;
    const found = made.get(key) ?? new Map<string, MadeResource>();
    made.set(key, found);
    return found;
  };
  return {
    find: (source, typeName, id) => ofType(source, typeName).get(id),
    list: (source, typeName) => [...ofType(source, typeName).values()],
    children: (id) =>
      [...made].flatMap(([key, resources]) =>
        [...resources.keys()]
          .filter((one) => one.startsWith(`${id}/`))
          .map((one) => ({ typeName: key.split(" ")[1]!, id: one })),
      ),
    put: (source, typeName, one) => void ofType(source, typeName).set(one.id, one),
    remove: (source, typeName, id) => void ofType(source, typeName).delete(id),
    all: () => [...made.values()].flatMap((resources) => [...resources.keys()]),
  };
}

export type Config = Readonly<Record<string, Value>>;
