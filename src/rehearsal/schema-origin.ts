import type { ProviderSchemaJson } from "../provider/read-provider-schema.ts";
import type { UsedTypes } from "../provider/types-in-use.ts";

/** What a platform needs of a provider: types, and every constraint on its version. */
export interface SchemaNeed extends UsedTypes {
  readonly constraints: readonly string[];
}

/** Where a schema comes from; the hash is of what is served. */
export interface SchemaOrigin {
  readonly kind: "captured" | "pack";
  readonly source: string;
  readonly version: string;
  readonly hash: string;
  /** For people: `the installed provider`, or the package that the pack was made from. */
  readonly from: string;
  /** The packs that types in use were read from; none where the provider itself was asked. */
  readonly files: readonly string[];
  /** Whether the provider itself said it; what is read from a package lacks some limits of counts. */
  readonly isExact: boolean;
}

/** A schema that was found, cut to the types in use. */
export interface SchemaText extends Omit<SchemaOrigin, "source" | "hash"> {
  readonly json: ProviderSchemaJson;
}
