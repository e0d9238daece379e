import { byCodePoint } from "../text/compare.ts";
import { isJsonObject, type Json, type JsonObject } from "../text/json.ts";
import { nestedBlocks, referenceText } from "./block-values.ts";
import type { ModuleContract, ModuleProblem, ModuleResource, ProviderRequirement } from "./contract.ts";
import { isOverrideFile, placeOf, type PlacedBlock } from "./merge-overrides.ts";
import { qualifiedSource } from "./qualified-source.ts";

const BUILT_IN = "terraform.io/builtin/terraform";

/** A local module that is called, with its contract. */
export interface NestedModule {
  readonly call: PlacedBlock;
  readonly contract: ModuleContract;
}

interface ReadProvidersArguments {
  readonly blocks: readonly PlacedBlock[];
  readonly resources: readonly ModuleResource[];
  readonly nested: readonly NestedModule[];
  readonly problems: ModuleProblem[];
}

/** The providers that a module needs: declared, implied by its resources and provider blocks, or needed by local modules. */
export function readProviders(given: ReadProvidersArguments): ReadonlyMap<string, ProviderRequirement> {
  const providers = readDeclared(given);
  for (const name of impliedNames(given))
    if (!providers.has(name)) providers.set(name, requirement(name, {}));
  for (const module of given.nested) addNested(providers, module);
  const needed = [...providers].filter(([, { source }]) => source !== BUILT_IN);
  return new Map(needed.sort(([left], [right]) => byCodePoint(left, right)));
}

function readDeclared({ blocks, problems }: ReadProvidersArguments): Map<string, ProviderRequirement> {
  const providers = new Map<string, ProviderRequirement>();
  let first: string | undefined;
  for (const block of blocks) {
    const { type, body, file } = block;
    if (type !== "terraform") continue;
    for (const declared of nestedBlocks(body, "required_providers")) {
      if (first !== undefined && !isOverrideFile(file))
        problems.push({ ...placeOf(block), message: repeatedMessage(file, first) });
      first ??= file;
      for (const [name, value] of Object.entries(declared)) providers.set(name, requirement(name, value));
    }
  }
  return providers;
}

function repeatedMessage(file: string, first: string): string {
  return `required_providers is declared twice${file === first ? "" : `, first in '${first}'`}`;
}

function requirement(name: string, value: Json): ProviderRequirement {
  const {
    source,
    version,
    configuration_aliases: aliases,
  }: JsonObject = isJsonObject(value) ? value : { version: value };
  return {
    name,
    source:
      typeof source === "string"
        ? qualifiedSource(source)
        : name === "terraform"
          ? BUILT_IN
          : `hashicorp/${name}`,
    ...(typeof version === "string" ? { version } : {}),
    aliases: Array.isArray(aliases) ? (aliases as readonly Json[]).flatMap((alias) => aliasName(alias)) : [],
  };
}

function aliasName(value: Json): readonly string[] {
  const name = referenceText(value)?.split(".")[1];
  return name === undefined ? [] : [name];
}

function* impliedNames({ blocks, resources }: ReadProvidersArguments): Iterable<string> {
  for (const { module, provider, type } of resources) {
    if (module === undefined) yield provider === undefined ? type.split("_", 1)[0]! : localName(provider);
  }
  for (const block of blocks) {
    if (block.type === "provider") yield block.labels[0]!;
    if (block.type !== "module") continue;
    for (const [, reference] of passedProviders(block)) yield localName(reference);
  }
}

function localName(reference: string): string {
  return reference.split(".", 1)[0]!;
}

function passedProviders(call: PlacedBlock): readonly (readonly [string, string])[] {
  const passed = call.body["providers"];
  if (!isJsonObject(passed)) return [];
  return Object.entries(passed).flatMap(([name, value]) => {
    const reference = referenceText(value);
    return reference === undefined ? [] : [[referenceText(name)!, reference] as const];
  });
}

function addNested(providers: Map<string, ProviderRequirement>, { call, contract }: NestedModule): void {
  const passed = new Map(passedProviders(call));
  for (const needed of contract.providers.values()) {
    const reference = passed.get(needed.name);
    const own =
      reference === undefined ? bySource(providers, needed.source) : providers.get(localName(reference));
    if (own) providers.set(own.name, { ...own, ...jointVersion(own.version, needed.version) });
    else {
      const name = freeName(providers, needed);
      providers.set(name, { ...needed, name, aliases: [] });
    }
  }
}

function bySource(
  providers: ReadonlyMap<string, ProviderRequirement>,
  source: string,
): ProviderRequirement | undefined {
  return [...providers.values()].find((provider) => provider.source === source);
}

function jointVersion(own: string | undefined, other: string | undefined): { version?: string } {
  const parts = [own, other]
    .flatMap((version) => (version === undefined ? [] : version.split(",")))
    .map((part) => part.trim());
  return parts.length === 0 ? {} : { version: [...new Set(parts)].join(", ") };
}

function freeName(
  providers: ReadonlyMap<string, ProviderRequirement>,
  { name, source }: ProviderRequirement,
): string {
  return providers.has(name) ? source.replace(/[^a-z0-9-]/g, "-") : name;
}
