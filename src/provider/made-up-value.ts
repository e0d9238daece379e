import { digestOf } from "../text/digest.ts";
import { madeUpPort } from "./made-up-port.ts";
import { madeUpText } from "./made-up-text.ts";
import type { TextPlace } from "./text-place.ts";
import { nestedObject } from "./nested-object.ts";
import type { AttributeSchema, BlockSchema, CtyType } from "./provider-schema.ts";
import { DynamicRecord, type Value } from "./value.ts";

/** Where a made-up value goes, and what it is made from: the same place of the same resource gets the same value. */
export interface MadeUpPlace extends Omit<TextPlace, "digest"> {
  readonly seed: string;
  /** Of a database or cache, what it runs: it says on which port. */
  readonly engine?: string | undefined;
}

/**
 * A value of an attribute's type in the shape that its name promises. Lists of what the provider alone decides have
 * one element, since references reach for it; lists that a user may write as well have none.
 */
export function madeUpAttribute(attribute: AttributeSchema, place: MadeUpPlace): Value {
  if (attribute.isWriteOnly) return null;
  if (attribute.type.kind === "plain") return madeUpValue(attribute.type.type, place, attribute.isOptional);
  const { mode, block } = nestedObject(attribute)!;
  if (mode === "single") return madeUpObject(block, place);
  if (mode === "map") return {};
  return attribute.isOptional ? [] : [madeUpObject(block, place)];
}

/** Of a block that is there although nobody wrote it: what the provider decides in it; what a user may write is null. */
export function madeUpObject(block: BlockSchema, place: MadeUpPlace): Value {
  return Object.fromEntries([
    ...[...block.attributes].map(([name, attribute]) => [
      name,
      attribute.isComputed ? madeUpAttribute(attribute, within(place, name)) : null,
    ]),
    ...[...block.blocks].map(([name, { mode }]) => [
      name,
      mode === "list" || mode === "set" ? [] : mode === "map" ? {} : null,
    ]),
  ]);
}

/** A value of a plain type. */
export function madeUpValue(type: CtyType, place: MadeUpPlace, isOptional = false): Value {
  if (type === "string") return textAt(place);
  if (type === "number") return numberAt(place);
  if (type === "bool") return false;
  if (type === "dynamic") return new DynamicRecord("string", textAt(place));
  switch (type[0]) {
    case "list":
    case "set":
      return isOptional ? [] : [madeUpValue(type[1], place)];
    case "map":
      return {};
    case "tuple":
      return type[1].map((item, at) => madeUpValue(item, within(place, String(at))));
    case "object":
      return Object.fromEntries(
        Object.entries(type[1]).map(([name, item]) => [name, madeUpValue(item, within(place, name))]),
      );
  }
}

function textAt(place: MadeUpPlace): string {
  return madeUpText({ ...place, digest: digestOf(`${place.seed}\n${place.path.join(".")}`) });
}

function numberAt({ path, context, engine }: MadeUpPlace): number {
  const name = path.at(-1) ?? "";
  if (name === "port" || name.endsWith("_port")) return madeUpPort(context.typeName, engine);
  return name === "version" || name.endsWith("_version") ? 1 : 0;
}

function within(place: MadeUpPlace, name: string): MadeUpPlace {
  return { ...place, path: [...place.path, name] };
}
