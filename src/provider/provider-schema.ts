/** A type as Terraform's schemas write it in JSON; `dynamic` is any. */
export type CtyType =
  | "string"
  | "number"
  | "bool"
  | "dynamic"
  | readonly ["list" | "set" | "map", CtyType]
  | readonly ["object", Readonly<Record<string, CtyType>>]
  | readonly ["object", Readonly<Record<string, CtyType>>, readonly string[]]
  | readonly ["tuple", readonly CtyType[]];

/** What a provider, at one version, says of its configuration and of the types that it serves. */
export interface ProviderSchema {
  /** Such as `hashicorp/aws`. */
  readonly source: string;
  readonly version: string;
  readonly provider: BlockSchema;
  readonly resources: ReadonlyMap<string, TypeSchema>;
  readonly dataSources: ReadonlyMap<string, TypeSchema>;
  readonly ephemerals: ReadonlyMap<string, TypeSchema>;
}

export interface TypeSchema {
  /** Of its state: a lower one is upgraded, a higher one is refused by Terraform. */
  readonly version: number;
  readonly block: BlockSchema;
}

export interface BlockSchema {
  readonly attributes: ReadonlyMap<string, AttributeSchema>;
  readonly blocks: ReadonlyMap<string, NestedBlockSchema>;
}

export interface AttributeSchema {
  readonly type: AttributeType;
  readonly isRequired: boolean;
  readonly isOptional: boolean;
  readonly isComputed: boolean;
  readonly isSensitive: boolean;
  readonly isWriteOnly: boolean;
  /** Where nobody writes it, it is the overlay's default, whatever it was before. */
  readonly isDefaulted?: boolean;
}

/** A plain type, or attributes of its own (`nested_type`, protocol 6 only). */
export type AttributeType =
  | { readonly kind: "plain"; readonly type: CtyType }
  | {
      readonly kind: "nested";
      readonly mode: "single" | "list" | "set" | "map";
      readonly attributes: ReadonlyMap<string, AttributeSchema>;
    };

export interface NestedBlockSchema {
  readonly mode: "single" | "group" | "list" | "set" | "map";
  readonly minItems: number;
  /** 0 is as many as one likes. */
  readonly maxItems: number;
  readonly block: BlockSchema;
}
