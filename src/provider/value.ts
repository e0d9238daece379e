import type { CtyType } from "./provider-schema.ts";

/** Known only after applying; of any type, and any refinement that Terraform sends with it is dropped. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/**
 * A value of Terraform's, whole: numbers that a double would change are bigint, or a decimal string where they have a
 * fraction; lists, sets and tuples are arrays; maps, objects and blocks are records.
 */
export type Value =
  | null
  | boolean
  | string
  | number
  | bigint
  | typeof UNKNOWN
  | readonly Value[]
  | DynamicRecord
  | { readonly [name: string]: Value };

/** A value of type `dynamic`, which carries its type; told from a record by its class. */
export class DynamicRecord {
  constructor(
    readonly dynamicType: CtyType,
    readonly value: Value,
  ) {}
}

/** The way to a part of a value: names of attributes and blocks, keys, indexes, and elements of sets by their value. */
export type ValuePath = readonly (string | number | { readonly element: Value })[];
