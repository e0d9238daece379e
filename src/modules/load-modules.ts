import type { Sources } from "../source/sources.ts";
import type { Flavour } from "../text/flavour.ts";
import { folderOf, resolvePath } from "../text/paths.ts";
import { configurationFiles } from "./configuration-files.ts";
import type { ModuleContract, ModuleProblem } from "./contract.ts";
import type { ParsedHcl, ParseHcl } from "./parsed-hcl.ts";
import { isLocalSource } from "./is-local-source.ts";
import { readContract } from "./read-contract.ts";

/** What was found where a module should be. */
export interface FoundModule {
  readonly source: string;
  readonly folder: string;
  /** Whether it is one that platc ships, and not the project's own. */
  readonly isShipped: boolean;
  readonly status: "ok" | "missing" | "bad";
  readonly contract: ModuleContract | undefined;
  /** Every file that makes the module, from the project root; documentation, examples and tests left out. */
  readonly files: readonly string[];
  readonly problems: readonly ModuleProblem[];
}

export interface LoadOptions {
  /** The folder of modules that platc ships. */
  readonly shipped?: string | undefined;
  /** Whose files are read: Terraform's, if left out. */
  readonly flavour?: Flavour;
}

/** Reads the modules `modules/<source>` of the project, and those that it does not have from the folder of shipped ones. */
export async function loadModules(
  names: Iterable<string>,
  sources: Sources,
  parseHcl: ParseHcl,
  { shipped, flavour = "terraform" }: LoadOptions = {},
): Promise<ReadonlyMap<string, FoundModule>> {
  const parse: ParseFolder = (folder) => parseFolder(folder, { sources, parseHcl, flavour });
  const load = async (source: string): Promise<FoundModule> => {
    const own = await loadModule("modules", source, sources, parse);
    if (own.status !== "missing" || shipped === undefined) return own;
    const found = await loadModule(shipped, source, sources, parse);
    return found.status === "missing" ? own : { ...found, isShipped: true };
  };
  const loaded = await Promise.all([...new Set(names)].map(load));
  return new Map(loaded.map((found) => [found.source, found]));
}

async function loadModule(
  base: string,
  source: string,
  sources: Sources,
  parse: ParseFolder,
): Promise<FoundModule> {
  const folder = resolvePath(base, source) ?? `${base}/${source}`;
  const contractsByFolder = new Map<string, ModuleContract | undefined>();
  const problems: ModuleProblem[] = [];
  const read = async (at: string): Promise<void> => {
    if (contractsByFolder.has(at)) return;
    contractsByFolder.set(at, undefined);
    const parsed = await parse(at);
    if (parsed.size === 0) return;
    for (const call of readContract(parsed).contract.moduleCalls) {
      const nested = localFolder(at, call.source);
      if (nested !== undefined) await read(nested);
    }
    const result = readContract(parsed, (nestedSource) =>
      contractsByFolder.get(localFolder(at, nestedSource) ?? ""),
    );
    contractsByFolder.set(at, result.contract);
    problems.push(...result.problems);
  };
  await read(folder);
  const contract = contractsByFolder.get(folder);
  const files = await Promise.all(
    [...contractsByFolder.keys()].map(async (at) => moduleFiles(await sources.listFiles(at), at)),
  );
  const status = contract === undefined ? "missing" : problems.length > 0 ? "bad" : "ok";
  return {
    source,
    folder,
    isShipped: false,
    status,
    contract: status === "ok" ? contract : undefined,
    files: [...new Set(files.flat())].sort(),
    problems,
  };
}

/** The parsed files of the module in a folder, by name. */
type ParseFolder = (folder: string) => Promise<ReadonlyMap<string, ParsedHcl>>;

async function parseFolder(
  folder: string,
  { sources, parseHcl, flavour }: { sources: Sources; parseHcl: ParseHcl; flavour: Flavour },
): ReturnType<ParseFolder> {
  const files = (await sources.listFiles(folder)).filter((file) => folderOf(file) === folder);
  const names = files.map((file) => file.slice(folder.length + 1));
  const parsed = await Promise.all(
    configurationFiles(names, flavour).map(async (name) => {
      const path = `${folder}/${name}`;
      return [name, await parseHcl(path, (await sources.readText(path)) ?? "")] as const;
    }),
  );
  return new Map(parsed);
}

function localFolder(folder: string, source: string): string | undefined {
  return isLocalSource(source) ? resolvePath(folder, source) : undefined;
}

function moduleFiles(files: readonly string[], folder: string): readonly string[] {
  return files.filter((file) => {
    const inner = file.slice(folder.length + 1);
    return (
      !/^(examples|tests)\//.test(inner) &&
      !/(^|\/)(README\.md|\.terraform\.lock\.hcl)$/.test(inner) &&
      !/\.(tf|tofu)test\.(hcl|json)$/.test(inner)
    );
  });
}
