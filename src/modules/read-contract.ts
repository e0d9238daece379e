import { byCodePoint } from "../text/compare.ts";
import type { Json } from "../text/json.ts";
import { expressionText, literalString, literalValue, nestedBlocks, referenceText } from "./block-values.ts";
import type {
  ModuleCall,
  ModuleContract,
  ModuleInput,
  ModuleOutput,
  ModuleProblem,
  ModuleResource,
} from "./contract.ts";
import { isLocalSource } from "./is-local-source.ts";
import { joinModulePath } from "./join-module-path.ts";
import {
  blockIdentity,
  describeBlock,
  isOverrideFile,
  mergeOverrides,
  placeOf,
  type PlacedBlock,
} from "./merge-overrides.ts";
import { parseTerraformType } from "./parse-type.ts";
import type { HclBlock, ParsedHcl } from "./parsed-hcl.ts";
import { readProviders, type NestedModule } from "./read-providers.ts";
import type { TerraformType } from "./terraform-type.ts";

export interface ReadContract {
  readonly contract: ModuleContract;
  readonly problems: readonly ModuleProblem[];
}

/** The contract of a local module by its source as written (`./sub`); undefined where there is no such module. */
export type NestedContract = (source: string) => ModuleContract | undefined;

const RESOURCE_MODES = { resource: "managed", data: "data", ephemeral: "ephemeral" } as const;

/** Reads what a module asks and gives from its parsed files by name; without `nestedContract`, local modules are left out. */
export function readContract(
  files: ReadonlyMap<string, ParsedHcl>,
  nestedContract?: NestedContract,
): ReadContract {
  const problems: ModuleProblem[] = [...files].flatMap(([file, { failures }]) =>
    failures.map((failure) => ({ file, ...failure })),
  );
  const duplicates = reportDuplicates(files);
  problems.push(...duplicates);
  const blocks = mergeOverrides(files, problems);
  const ofType = (type: string): readonly PlacedBlock[] => blocks.filter((block) => block.type === type);

  const moduleCalls = uniqueByName(ofType("module").map(readModuleCall));
  const nested = nestedContract ? readNested(ofType("module"), nestedContract, problems) : [];
  const ownResources = blocks.flatMap(readResources);
  const resources = [...ownResources, ...nested.flatMap(nestedResources)];
  const settings = ofType("terraform");
  const contract: ModuleContract = {
    inputs: byName(ofType("variable").map((block) => readInput(block, problems))),
    outputs: byName(ofType("output").map(readOutput)),
    providers: readProviders({ blocks, resources, nested, problems }),
    requiredVersions: unique([
      ...settings.flatMap(({ body, syntax }) => literalString(body["required_version"], syntax) ?? []),
      ...nested.flatMap(({ contract }) => contract.requiredVersions),
    ]),
    resources,
    moduleCalls: [...moduleCalls, ...nested.flatMap(nestedFetches)],
    files: unique([...files.keys(), ...nested.flatMap(nestedFiles)]).sort(byCodePoint),
    hasBackend: settings.some(({ body }) => body["backend"] !== undefined || body["cloud"] !== undefined),
    hasProviderBlocks:
      ofType("provider").length > 0 || nested.some(({ contract }) => contract.hasProviderBlocks),
  };
  return { contract, problems };
}

function reportDuplicates(files: ReadonlyMap<string, ParsedHcl>): readonly ModuleProblem[] {
  const problems: ModuleProblem[] = [];
  const fileByIdentity = new Map<string, string>();
  for (const file of [...files.keys()].filter((name) => !isOverrideFile(name)).sort(byCodePoint)) {
    for (const block of files.get(file)!.blocks) {
      if (block.labels.length === 0) continue;
      const identity = blockIdentity(block);
      const first = fileByIdentity.get(identity);
      if (first === undefined) fileByIdentity.set(identity, file);
      else problems.push({ ...placeOf({ ...block, file }), message: duplicateMessage(block, file, first) });
    }
  }
  return problems;
}

function duplicateMessage(block: HclBlock, file: string, first: string): string {
  return `${describeBlock(block)} is declared twice${file === first ? "" : `, first in '${first}'`}`;
}

function readInput(block: PlacedBlock, problems: ModuleProblem[]): ModuleInput {
  const { labels, body, syntax } = block;
  const name = labels[0]!;
  const type = readType(body["type"]);
  if (!type)
    problems.push({
      ...placeOf(block),
      message: `variable '${name}' has a type that cannot be read: ${typeText(body["type"])}`,
    });
  const standard = body["default"] === undefined ? undefined : literalValue(body["default"], syntax);
  const description = literalString(body["description"], syntax);
  return {
    name,
    type: type ?? { kind: "any" },
    required: body["default"] === undefined,
    ...(standard === undefined ? {} : { default: standard }),
    ...(description === undefined ? {} : { description }),
    sensitive: isTrue(body["sensitive"]),
    nullable: body["nullable"] === undefined || isTrue(body["nullable"]),
    ephemeral: isTrue(body["ephemeral"]),
    validations: nestedBlocks(body, "validation").map(({ condition, error_message: errorMessage }) => ({
      condition: expressionText(String(condition)),
      errorMessage: String(errorMessage ?? ""),
    })),
  };
}

function readType(value: Json | undefined): TerraformType | undefined {
  return value === undefined ? { kind: "any" } : parseTerraformType(typeText(value));
}

function typeText(value: Json | undefined): string {
  return typeof value === "string" ? expressionText(value) : JSON.stringify(value);
}

function readOutput({ labels, body, syntax }: PlacedBlock): ModuleOutput {
  const description = literalString(body["description"], syntax);
  return {
    name: labels[0]!,
    ...(description === undefined ? {} : { description }),
    sensitive: isTrue(body["sensitive"]),
    ephemeral: isTrue(body["ephemeral"]),
  };
}

function isTrue(value: Json | undefined): boolean {
  return value === true || value === "true";
}

function readResources(block: PlacedBlock): readonly ModuleResource[] {
  if (block.type === "check") return checkedData(block).map((data) => readResource("data", data));
  if (!(block.type in RESOURCE_MODES)) return [];
  return [readResource(RESOURCE_MODES[block.type as keyof typeof RESOURCE_MODES], block)];
}

function readResource(mode: ModuleResource["mode"], { labels, body }: HclBlock): ModuleResource {
  const provider = referenceText(body["provider"]);
  return {
    mode,
    type: labels[0]!,
    name: labels[1]!,
    ...(provider === undefined ? {} : { provider }),
    preventDestroy: nestedBlocks(body, "lifecycle").some((lifecycle) => isTrue(lifecycle["prevent_destroy"])),
  };
}

/** The data source that a check block may hold. */
function checkedData({ body }: PlacedBlock): readonly HclBlock[] {
  return nestedBlocks(body, "data").flatMap((byType) =>
    Object.keys(byType).flatMap((type) =>
      nestedBlocks(byType, type).flatMap((byLabel) =>
        Object.keys(byLabel).flatMap((name) =>
          nestedBlocks(byLabel, name).map((data) => ({ type: "data", labels: [type, name], body: data })),
        ),
      ),
    ),
  );
}

function readModuleCall({ labels, body, syntax }: PlacedBlock): ModuleCall {
  const version = literalString(body["version"], syntax);
  return {
    name: labels[0]!,
    source: literalString(body["source"], syntax) ?? "",
    ...(version === undefined ? {} : { version }),
  };
}

function readNested(
  calls: readonly PlacedBlock[],
  nestedContract: NestedContract,
  problems: ModuleProblem[],
): readonly NestedModule[] {
  return calls.flatMap((call) => {
    const { name, source } = readModuleCall(call);
    if (!isLocalSource(source)) return [];
    const contract = nestedContract(source);
    if (contract) return [{ call, contract }];
    problems.push({
      ...placeOf(call),
      message: `module '${name}' calls '${source}', where there is no module`,
    });
    return [];
  });
}

function nestedResources({ call, contract }: NestedModule): readonly ModuleResource[] {
  const name = call.labels[0]!;
  return contract.resources.map((resource) => ({
    ...resource,
    ...(resource.module === undefined
      ? { module: name, ...providerSourceOf(resource, contract) }
      : { module: `${name}.${resource.module}` }),
  }));
}

function providerSourceOf(
  { type, provider }: ModuleResource,
  { providers }: ModuleContract,
): { readonly providerSource?: string } {
  const needed = providers.get((provider ?? type).split(provider === undefined ? "_" : ".", 1)[0]!);
  return needed === undefined ? {} : { providerSource: needed.source };
}

function nestedFetches({ call, contract }: NestedModule): readonly ModuleCall[] {
  const fetched = contract.moduleCalls.filter(({ source }) => !isLocalSource(source));
  return fetched.map((one) => ({ ...one, name: `${call.labels[0]!}.${one.name}` }));
}

function nestedFiles({ call, contract }: NestedModule): readonly string[] {
  const { source } = readModuleCall(call);
  return contract.files.map((file) => joinModulePath(source, file));
}

function byName<T extends { readonly name: string }>(items: readonly T[]): ReadonlyMap<string, T> {
  return new Map(uniqueByName(items).map((item) => [item.name, item]));
}

function uniqueByName<T extends { readonly name: string }>(items: readonly T[]): readonly T[] {
  return items.filter((item, at) => items.findIndex(({ name }) => name === item.name) === at);
}

function unique(items: readonly string[]): string[] {
  return [...new Set(items)];
}
