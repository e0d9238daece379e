import { type ProviderFunction, providerFunctions } from "../provider/provider-functions.ts";
import type { CtyType, ProviderSchema, TypeSchema } from "../provider/provider-schema.ts";
import type { ProviderFamily, TypeContext } from "../provider/provider-engine.ts";
import type { ProviderOverlay, TypeOverlay } from "../provider/type-overlay.ts";
import { impliedType } from "./implied-type.ts";
import { encodeSchemas } from "./wire-schema.ts";

/** A type as it is served: with all of its context but what is the stack's, and the type of its values. */
export interface ServedType extends Omit<TypeContext, "settings" | "environment"> {
  readonly type: CtyType;
}

/** A provider as it is served, worked out once for all connections. */
export interface ServedProvider {
  readonly source: string;
  /** The answer to GetProviderSchema. */
  readonly schemas: Buffer;
  readonly configType: CtyType;
  readonly settings: Readonly<Record<string, string>>;
  readonly resources: ReadonlyMap<string, ServedType>;
  readonly dataSources: ReadonlyMap<string, ServedType>;
  readonly ephemerals: ReadonlyMap<string, ServedType>;
  readonly functions: ReadonlyMap<string, ProviderFunction>;
}

/** Makes ready what the connections to a provider share. */
export function serveProvider(
  schema: ProviderSchema,
  overlay: ProviderOverlay | undefined,
  elsewhere: ReadonlySet<string> = new Set(),
): ServedProvider {
  const { source } = schema;
  const family: ProviderFamily = {
    resources: schema.resources,
    overlays: overlay?.resources ?? new Map(),
    dataOverlays: overlay?.dataSources ?? new Map(),
    parents: overlay?.parents ?? [],
    protections: overlay?.protections ?? [],
    given: overlay?.given ?? [],
    elsewhere,
  };
  const serveAll = (
    types: ReadonlyMap<string, TypeSchema>,
    overlays: ReadonlyMap<string, TypeOverlay> | undefined,
  ) =>
    new Map(
      [...types].map(([typeName, type]) => [
        typeName,
        {
          source,
          typeName,
          schema: type,
          overlay: overlays?.get(typeName),
          family,
          replacements: overlay?.replacements?.get(typeName),
          type: impliedType(type.block),
        },
      ]),
    );
  return {
    source,
    schemas: encodeSchemas(schema, overlay),
    configType: impliedType(schema.provider),
    settings: overlay?.settings ?? {},
    resources: serveAll(schema.resources, overlay?.resources),
    dataSources: serveAll(schema.dataSources, overlay?.dataSources),
    ephemerals: serveAll(schema.ephemerals, undefined),
    functions: providerFunctions(source),
  };
}
