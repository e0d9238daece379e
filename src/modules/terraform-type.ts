import type { Json } from "../text/json.ts";

/** An attribute of an object type; `default` stands where `optional(type, default)` names a literal one. */
export interface TerraformAttribute {
  readonly type: TerraformType;
  readonly optional: boolean;
  readonly default?: Json;
}

/** A type constraint as `variable.type` writes it. */
export type TerraformType =
  | { readonly kind: "string" | "number" | "bool" | "any" }
  | { readonly kind: "list" | "set" | "map"; readonly element: TerraformType }
  | { readonly kind: "tuple"; readonly elements: readonly TerraformType[] }
  | { readonly kind: "object"; readonly attributes: ReadonlyMap<string, TerraformAttribute> };
