import { parse, stringify } from "lossless-json";
import type { FoundModule } from "../modules/load-modules.ts";
import { isModuleFile, tameFile, tameTree } from "../modules/tame-file.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { remember } from "../source/remember.ts";
import { type Emitter, LOCK_FILE, type OutputFile } from "./emit-platform.ts";
import { stackFolder } from "./emit-stack.ts";

/** A module that would run programs on this machine: its files without those, and what they were. */
interface TamedModule {
  readonly folder: string;
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  readonly provisioners: readonly string[];
}

export interface RehearsedEmitter extends Emitter {
  /** Of stacks that were emitted: which provisioners were left out. */
  readonly droppedProvisioners: ReadonlyMap<string, readonly string[]>;
}

/** Inside a stack's folder: copies of the modules that cannot be used as they are. */
export const TAMED = ".rehearsed";

export type ExtraModule = Pick<FoundModule, "contract" | "files" | "folder">;

/** Local modules that stacks call by `extra:` alone, by the stack's address and the name of the call. */
export type ExtraModules = ReadonlyMap<string, ReadonlyMap<string, ExtraModule>>;

/**
 * Emits stacks for a rehearsal: without lock entries, since no provider is installed, and without provisioners, which
 * would really run. A module that has any is copied beside the stack.
 */
export function createRehearsedEmitter(
  platform: Platform,
  sources: Sources,
  { emitter, extraModules }: { readonly emitter: Emitter; readonly extraModules: ExtraModules },
): RehearsedEmitter {
  const tamed = new Map<string, Promise<TamedModule | undefined>>();
  const tame = async (module: ExtraModule | undefined): Promise<TamedModule | undefined> =>
    module && remember(tamed, module.folder, () => tameModule(module, sources));
  const droppedProvisioners = new Map<string, readonly string[]>();
  const modulesOf = async (stack: Stack): Promise<ReadonlyMap<string, TamedModule>> => {
    const called = new Map<string, ExtraModule | undefined>([
      ...stack.modules.map((call) => [call.name, platform.modules.get(call.source)] as const),
      ...(extraModules.get(stack.address) ?? []),
    ]);
    const calls = await Promise.all([...called].map(async ([name, one]) => [name, await tame(one)] as const));
    return new Map(calls.flatMap(([name, module]) => (module ? [[name, module] as const] : [])));
  };
  const tamedByAddress = new Map<string, ReadonlyMap<string, TamedModule>>();
  return {
    droppedProvisioners,
    overlaid: (stack, overlay) =>
      tameRoot(emitter.overlaid(stack, overlay), tamedByAddress.get(stack.address) ?? new Map()).text,
    stack: async (stack) => {
      const emitted = await emitter.stack(stack);
      const modules = await modulesOf(stack);
      tamedByAddress.set(stack.address, modules);
      const folder = stackFolder(platform.spec.name, stack.address);
      const dropped = [...modules.values()].flatMap((module) => module.provisioners);
      const files: OutputFile[] = [];
      for (const file of emitted.files) {
        if (file.path.endsWith(`/${LOCK_FILE}`)) continue;
        if (!file.path.endsWith("/main.tf.json")) files.push(file);
        else {
          const root = tameRoot(String(file.content), modules);
          dropped.push(...root.provisioners);
          files.push({ path: file.path, content: root.text });
        }
      }
      for (const module of modules.values())
        for (const [path, content] of module.files)
          files.push({ path: `${folder}/${TAMED}/${path}`, content });
      if (dropped.length > 0) droppedProvisioners.set(stack.address, dropped);
      return { ...emitted, files };
    },
  };
}

async function tameModule(
  { folder, files: paths }: ExtraModule,
  sources: Sources,
): Promise<TamedModule | undefined> {
  const provisioners: string[] = [];
  const files = new Map<string, string | Uint8Array>();
  for (const path of paths) {
    const bytes = await sources.readBytes(path);
    if (bytes === undefined) continue;
    if (!isModuleFile(path)) files.set(path, bytes);
    else {
      const { text, taken } = tameFile(path, new TextDecoder().decode(bytes));
      provisioners.push(...taken);
      files.set(path, text);
    }
  }
  return provisioners.length === 0 ? undefined : { folder, files, provisioners };
}

const WOULD_RUN = /"(provisioner|encryption)"/;

function tameRoot(
  text: string,
  modules: ReadonlyMap<string, TamedModule>,
): { readonly text: string; readonly provisioners: readonly string[] } {
  if (modules.size === 0 && !WOULD_RUN.test(text)) return { text, provisioners: [] };
  const root = parse(text) as Root;
  const provisioners = tameTree(root);
  for (const [name, module] of modules) root.module[name]!["source"] = `./${TAMED}/${module.folder}`;
  return { text: `${stringify(root, undefined, 2) ?? ""}\n`, provisioners };
}

interface Root {
  readonly module: Readonly<Record<string, Record<string, unknown>>>;
}
