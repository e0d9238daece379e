import type { ProviderTypes } from "./cut-provider-schema.ts";
import type { ProviderSchemaJson } from "./read-provider-schema.ts";

/** Where a project has packs and overlays of its own, from its root. */
export const PACK_FOLDER = "schema/providers";

/** A file `schema/providers/<source>.json`: part of a provider's schema, and where it comes from. */
export interface SchemaPack extends ProviderSchemaJson {
  readonly source: string;
  readonly version: string;
  readonly origin: PackOrigin;
  readonly licence: string;
  readonly notice: string;
  /** The command that wrote it. */
  readonly made: string;
}

/** `provider`: what the provider itself said; `package`: what a package on npm says of it, which is less. */
export type PackOrigin =
  | { readonly kind: "provider" }
  | {
      readonly kind: "package";
      readonly registry: "npm";
      readonly name: string;
      readonly version: string;
    };

export type PackReading =
  { readonly status: "ok"; readonly pack: SchemaPack } | { readonly status: "bad"; readonly message: string };

/** Reads the text of a pack. */
export function readSchemaPack(text: string, path: string, source: string): PackReading {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { status: "bad", message: `'${path}' is not JSON: ${(error as Error).message}` };
  }
  const lacking = ["source", "version", "origin", "licence", "notice", "made", "provider"].find(
    (key) => typeof json !== "object" || json === null || !Object.hasOwn(json, key),
  );
  if (lacking !== undefined) return { status: "bad", message: `'${path}' has no '${lacking}'` };
  const pack = json as SchemaPack;
  if (pack.source === source) return { status: "ok", pack };
  return { status: "bad", message: `'${path}' is a pack of '${pack.source}', not of '${source}'` };
}

/** Types that are needed and not in a pack, as the pack's script wants them: `azurerm_subnet`, `data.azurerm_subnet`. */
export function missingTypes(pack: ProviderSchemaJson, needed: ProviderTypes): readonly string[] {
  const lacking = (
    record: Readonly<Record<string, unknown>> = {},
    names: readonly string[],
    prefix: string,
  ): readonly string[] =>
    names.filter((name) => !Object.hasOwn(record, name)).map((name) => `${prefix}${name}`);
  return [
    ...lacking(pack.resource_schemas, needed.resources, ""),
    ...lacking(pack.data_source_schemas, needed.dataSources, "data."),
    ...lacking(pack.ephemeral_resource_schemas, needed.ephemerals, "ephemeral."),
  ];
}
