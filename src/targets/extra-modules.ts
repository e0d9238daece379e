import { parseHcl } from "../disk/hcl-parser.ts";
import { surroundingsOf } from "../emit/emit-platform.ts";
import { stackFolder } from "../emit/emit-stack.ts";
import type { ExtraModule, ExtraModules } from "../emit/rehearsed-emitter.ts";
import { isLocalSource } from "../modules/is-local-source.ts";
import { loadModules } from "../modules/load-modules.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { flavourOf } from "../text/flavour.ts";
import { resolvePath } from "../text/paths.ts";
import { rootModuleCalls } from "./root-module-calls.ts";

/** Reads the modules of the project that stacks call by `extra:`, which compile lays down as it is. */
export async function extraModules(platform: Platform, sources: Sources): Promise<ExtraModules> {
  const folderByCall = new Map(
    platform.stacks.map((stack) => [stack.address, calledFolders(platform, stack)]),
  );
  const names = [...folderByCall.values()].flatMap((folders) => [...folders.values()].map(nameOf));
  const found = await loadModules(names, sources, parseHcl, {
    flavour: flavourOf(platform.spec.command),
  });
  const read = (folder: string): ExtraModule | undefined => found.get(nameOf(folder));
  return new Map(
    [...folderByCall].map(([address, folders]) => [
      address,
      new Map([...folders].flatMap(([call, folder]) => pairOf(call, read(folder)))),
    ]),
  );
}

function pairOf(call: string, module: ExtraModule | undefined): readonly (readonly [string, ExtraModule])[] {
  return module === undefined ? [] : [[call, module]];
}

/** The folders, from the project root, that the calls of a root module name which are not the spec's, by call. */
function calledFolders(platform: Platform, stack: Stack): ReadonlyMap<string, string> {
  const calls = rootModuleCalls(platform, stack).filter(({ source }) => isLocalSource(source));
  if (calls.length === 0) return new Map();
  const { moduleFolders } = surroundingsOf(platform);
  const folder = stackFolder(platform.spec.name, stack.address);
  const own = new Map(stack.modules.map(({ name, source }) => [name, moduleFolders.get(source)]));
  const folders = new Map<string, string>();
  for (const { name, source } of calls) {
    const called = resolvePath(folder, source);
    if (called !== undefined && called !== own.get(name)) folders.set(name, called);
  }
  return folders;
}

/** Modules are read by their path from `modules/`. */
function nameOf(folder: string): string {
  return `../${folder}`;
}
