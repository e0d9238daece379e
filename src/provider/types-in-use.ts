import { nestedBlocks, referenceText } from "../modules/block-values.ts";
import type { ModuleContract, ModuleResource } from "../modules/contract.ts";
import { qualifiedSource } from "../modules/qualified-source.ts";
import { byCodePoint } from "../text/compare.ts";
import { isJsonObject, type Json, type JsonObject } from "../text/json.ts";
import type { ProviderTypes } from "./cut-provider-schema.ts";

/** A root module as compile writes it, `extra` and all, and the contracts of the modules that it calls. */
export interface RootInUse {
  readonly root: JsonObject;
  readonly contracts: readonly ModuleContract[];
}

/** What is used of one provider; one that is only configured has no types. */
export interface UsedTypes extends ProviderTypes {
  /** Such as `hashicorp/aws`, with its host before it where it is not Terraform's own. */
  readonly source: string;
}

type Mode = ModuleResource["mode"];

const MODES = { resource: "managed", data: "data", ephemeral: "ephemeral" } as const;
/** The prefix of types that Terraform has built in: `terraform_data`, `terraform_remote_state`. */
const BUILT_IN = "terraform";

/** Which types of which providers root modules and their modules use, by source. */
export function typesInUse(roots: Iterable<RootInUse>): readonly UsedTypes[] {
  const used = new Map<string, Record<Mode, Set<string>>>();
  const of = (source: string): Record<Mode, Set<string>> => {
    const known = used.get(source) ?? { managed: new Set(), data: new Set(), ephemeral: new Set() };
    used.set(source, known);
    return known;
  };
  for (const { root, contracts } of roots) {
    const sources = rootSources(root);
    for (const source of sources.values()) of(source);
    for (const { mode, type, provider } of rootResources(root))
      of(sourceOf(type, provider, sources))[mode].add(type);
    for (const contract of contracts) addContract(contract, of);
  }
  used.delete(BUILT_IN_SOURCE);
  const sorted = [...used].sort(([left], [right]) => byCodePoint(left, right));
  return sorted.map(([source, types]) => ({
    source,
    resources: [...types.managed].sort(byCodePoint),
    dataSources: [...types.data].sort(byCodePoint),
    ephemerals: [...types.ephemeral].sort(byCodePoint),
  }));
}

const BUILT_IN_SOURCE = "terraform.io/builtin/terraform";

function addContract(contract: ModuleContract, of: (source: string) => Record<Mode, Set<string>>): void {
  const sources = new Map([...contract.providers].map(([name, { source }]) => [name, source]));
  for (const source of sources.values()) of(source);
  for (const { mode, type, provider, module, providerSource } of contract.resources) {
    // A local module has local names of its own.
    const reference = module === undefined ? provider : undefined;
    of(providerSource ?? sourceOf(type, reference, sources))[mode].add(type);
  }
}

/** The provider's local name is the type up to its first `_`, unless `provider` says another. */
function sourceOf(type: string, provider: string | undefined, sources: ReadonlyMap<string, string>): string {
  const prefix = type.split("_", 1)[0]!;
  const name = provider?.split(".", 1)[0] ?? prefix;
  if (name === BUILT_IN) return sources.get(name) ?? BUILT_IN_SOURCE;
  const bySource = [...sources.values()].find((source) => source.endsWith(`/${name}`));
  return sources.get(name) ?? bySource ?? `hashicorp/${name}`;
}

function rootSources(root: JsonObject): ReadonlyMap<string, string> {
  const declared = nestedBlocks(root, "terraform").flatMap((settings) =>
    nestedBlocks(settings, "required_providers").flatMap(Object.entries),
  ) as readonly (readonly [string, Json])[];
  return new Map(
    declared.map(([name, value]) => {
      const source = isJsonObject(value) ? value["source"] : undefined;
      return [name, typeof source === "string" ? qualifiedSource(source) : `hashicorp/${name}`];
    }),
  );
}

interface UsedResource {
  readonly mode: Mode;
  readonly type: string;
  readonly provider: string | undefined;
}

function rootResources(root: JsonObject): readonly UsedResource[] {
  const checked = nestedBlocks(root, "check").flatMap((byName) =>
    Object.keys(byName).flatMap((name) =>
      nestedBlocks(byName, name).flatMap((check) => resourcesIn(check, "data")),
    ),
  );
  const kinds = Object.keys(MODES) as readonly (keyof typeof MODES)[];
  return [...kinds.flatMap((kind) => resourcesIn(root, kind)), ...checked];
}

function resourcesIn(body: JsonObject, kind: keyof typeof MODES): readonly UsedResource[] {
  return nestedBlocks(body, kind).flatMap((byType) =>
    Object.keys(byType).flatMap((type) =>
      nestedBlocks(byType, type).flatMap((byName) =>
        Object.keys(byName).flatMap((name) =>
          nestedBlocks(byName, name).map((resource) => ({
            mode: MODES[kind],
            type,
            provider: referenceText(resource["provider"]),
          })),
        ),
      ),
    ),
  );
}
