import type { ProviderSchemaJson } from "../provider/read-provider-schema.ts";
import type { SchemaPack } from "../provider/schema-pack.ts";

/** Packs of one version of a provider as one schema. */
export interface JoinedPacks {
  readonly version: string;
  readonly packs: readonly JoinedPack[];
  readonly json: ProviderSchemaJson;
}

export interface JoinedPack {
  readonly path: string;
  readonly pack: SchemaPack;
}

const SECTIONS = ["resource_schemas", "data_source_schemas", "ephemeral_resource_schemas"] as const;

/**
 * Packs by the version of the provider, in their order. Of a type that several have the first one counts; versions are
 * never mixed, since no provider is two at once.
 */
export function joinPacks(packs: readonly JoinedPack[]): readonly JoinedPacks[] {
  const versions = [...new Set(packs.map(({ pack }) => pack.version))];
  return versions.map((version) => {
    const same = packs.filter(({ pack }) => pack.version === version);
    return { version, packs: same, json: same.map(({ pack }): ProviderSchemaJson => pack).reduce(joined) };
  });
}

function joined(first: ProviderSchemaJson, second: ProviderSchemaJson): ProviderSchemaJson {
  const sections = SECTIONS.map((section) => [section, { ...second[section], ...first[section] }] as const);
  return { ...(first.provider && { provider: first.provider }), ...Object.fromEntries(sections) };
}

/** Those of the packs that types are read from; the first, where no types are in use. */
export function packsInUse({ packs }: JoinedPacks, served: ProviderSchemaJson): readonly JoinedPack[] {
  const used = new Set(
    SECTIONS.flatMap((section) =>
      Object.keys(served[section] ?? {}).map((type) =>
        packs.findIndex(({ pack }) => Object.hasOwn(pack[section] ?? {}, type)),
      ),
    ),
  );
  return used.size === 0 ? packs.slice(0, 1) : packs.filter((_pack, at) => used.has(at));
}
