import type { FoundModule } from "../modules/load-modules.ts";
import type { Sources } from "../source/sources.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import type { Report } from "../templates/evaluate.ts";
import { folderOf, resolvePath } from "../text/paths.ts";
import { connectStack } from "./connect-stack.ts";
import type { ExpandedStacks } from "./expand-stacks.ts";
import type { StackPlaces } from "./stack-places.ts";
import type { NameScopes } from "./name-scopes.ts";
import { orderStacks } from "./order-stacks.ts";
import type { LoadedModule, Platform } from "./platform-model.ts";
import type { StackInstance } from "./stack.ts";

export interface ConnectOptions {
  readonly spec: PlatformSpec;
  readonly specPath: string;
  readonly specFiles: readonly string[];
  readonly expanded: ExpandedStacks;
  /** Names of stacks whose places cannot be known for mistakes that have been reported. */
  readonly unsure: ReadonlySet<string>;
  readonly modules: ReadonlyMap<string, FoundModule>;
  readonly scopes: NameScopes;
  readonly sources: Sources;
  readonly report: Report;
}

/** Connects every stack with those that it reads from, and puts them in order. */
export async function connectPlatform(options: ConnectOptions): Promise<Platform> {
  const { spec, specPath, specFiles, scopes, sources, report } = options;
  const { instances } = options.expanded;
  const modules = loadedModules(options.modules);
  const contracts = new Map([...modules].map(([source, module]) => [source, module.contract]));
  const { files, folders } = await pathsBeside(specPath, sources);
  const findPath = (written: string): string | undefined => {
    const path = resolvePath(folderOf(specPath), written);
    return path !== undefined && (files.has(path) || folders.has(path)) ? path : undefined;
  };
  const places: StackPlaces = {
    instancesByName: groupByName(spec, instances),
    environments: [...spec.environments.keys()],
    customers: [...spec.customers.keys()],
    unsure: new Set([...options.unsure, ...options.expanded.unsure]),
  };
  const stacks = instances.map((instance) =>
    connectStack(instance, { spec, scopes, places, contracts, findPath, report }),
  );
  return {
    spec,
    specPath,
    specFiles,
    stacks,
    stackByAddress: new Map(stacks.map((stack) => [stack.address, stack])),
    order: orderStacks(stacks, spec.stages),
    modules,
    contracts,
    folders,
  };
}

/** Every stack of the spec with its instances, those that are nowhere too. */
function groupByName(
  spec: PlatformSpec,
  instances: readonly StackInstance[],
): ReadonlyMap<string, readonly StackInstance[]> {
  const result = new Map<string, StackInstance[]>([...spec.stacks.keys()].map((name) => [name, []]));
  for (const instance of instances) result.get(instance.name)?.push(instance);
  return result;
}

function loadedModules(found: ReadonlyMap<string, FoundModule>): ReadonlyMap<string, LoadedModule> {
  const result = new Map<string, LoadedModule>();
  for (const [source, { contract, folder, files }] of found)
    if (contract) result.set(source, { source, folder, contract, files });
  return result;
}

async function pathsBeside(
  specPath: string,
  sources: Sources,
): Promise<{ files: ReadonlySet<string>; folders: ReadonlySet<string> }> {
  const files = new Set(await sources.listFiles(folderOf(specPath)));
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = folderOf(file); folder !== "" && !folders.has(folder); folder = folderOf(folder))
      folders.add(folder);
  }
  return { files, folders };
}
