import { parseHcl } from "../disk/hcl-parser.ts";
import { surroundingsOf } from "../emit/emit-platform.ts";
import { emitStack, stackFolder } from "../emit/emit-stack.ts";
import type { ExtraModule, ExtraModules } from "../emit/rehearsed-emitter.ts";
import { NO_OVERLAY } from "../emit/stack-surroundings.ts";
import { nestedBlocks } from "../modules/block-values.ts";
import { isLocalSource } from "../modules/is-local-source.ts";
import { loadModules } from "../modules/load-modules.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { resolvePath } from "../text/paths.ts";

/** Reads the modules of the project that stacks call by `extra:`, which compile lays down as it is. */
export async function extraModules(platform: Platform, sources: Sources): Promise<ExtraModules> {
  const folderByCall = new Map(
    platform.stacks.map((stack) => [stack.address, calledFolders(platform, stack)]),
  );
  const names = [...folderByCall.values()].flatMap((folders) => [...folders.values()].map(nameOf));
  const found = await loadModules(names, sources, parseHcl);
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
  if (stack.extra === null) return new Map();
  const around = surroundingsOf(platform);
  const root = emitStack(stack, NO_OVERLAY, around);
  const folder = stackFolder(platform.spec.name, stack.address);
  const own = new Map(stack.modules.map(({ name, source }) => [name, around.moduleFolders.get(source)]));
  const folders = new Map<string, string>();
  for (const calls of nestedBlocks(root, "module"))
    for (const name of Object.keys(calls))
      for (const { source } of nestedBlocks(calls, name)) {
        const called =
          typeof source === "string" && isLocalSource(source) ? resolvePath(folder, source) : undefined;
        if (called !== undefined && called !== own.get(name)) folders.set(name, called);
      }
  return folders;
}

/** Modules are read by their path from `modules/`. */
function nameOf(folder: string): string {
  return `../${folder}`;
}
