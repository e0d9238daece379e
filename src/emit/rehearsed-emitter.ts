import { parse, stringify } from "lossless-json";
import { stripProvisioners } from "../modules/strip-provisioners.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { remember } from "../source/remember.ts";
import { createEmitter, type Emitter, LOCK_FILE, type OutputFile } from "./emit-platform.ts";
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
const TAMED = ".rehearsed";

/**
 * Emits stacks for a rehearsal: without lock entries, since no provider is installed, and without provisioners, which
 * would really run. A module that has any is copied beside the stack.
 */
export async function createRehearsedEmitter(
  platform: Platform,
  sources: Sources,
): Promise<RehearsedEmitter> {
  const emitter = await createEmitter(platform, sources);
  const tamed = new Map<string, Promise<TamedModule | undefined>>();
  const tame = (source: string): Promise<TamedModule | undefined> =>
    remember(tamed, source, () => tameModule(platform, sources, source));
  const droppedProvisioners = new Map<string, readonly string[]>();
  const modulesOf = async (stack: Stack): Promise<ReadonlyMap<string, TamedModule>> => {
    const calls = await Promise.all(
      stack.modules.map(async (call) => [call.name, await tame(call.source)] as const),
    );
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
  platform: Platform,
  sources: Sources,
  source: string,
): Promise<TamedModule | undefined> {
  const module = platform.modules.get(source);
  if (!module) return undefined;
  const provisioners: string[] = [];
  const files = new Map<string, string | Uint8Array>();
  for (const path of module.files) {
    const bytes = await sources.readBytes(path);
    if (bytes === undefined) continue;
    if (!path.endsWith(".tf") && !path.endsWith(".tf.json")) files.set(path, bytes);
    else {
      const text = new TextDecoder().decode(bytes);
      const stripped = path.endsWith(".tf") ? stripProvisioners(text) : withoutProvisioners(text);
      provisioners.push(...stripped.provisioners);
      files.set(path, stripped.text);
    }
  }
  return provisioners.length === 0 ? undefined : { folder: module.folder, files, provisioners };
}

function tameRoot(
  text: string,
  modules: ReadonlyMap<string, TamedModule>,
): { readonly text: string; readonly provisioners: readonly string[] } {
  if (modules.size === 0 && !text.includes('"provisioner"')) return { text, provisioners: [] };
  const root = parse(text) as MutableJson;
  const provisioners = takeProvisioners(root["resource"]);
  for (const [name, module] of modules) {
    const call = (root["module"] as MutableJson)[name] as MutableJson;
    call["source"] = `./${TAMED}/${module.folder}`;
  }
  return { text: `${stringify(root, undefined, 2) ?? ""}\n`, provisioners };
}

type MutableJson = Record<string, unknown>;

/** Terraform JSON without the provisioners of its resources; numbers stay as they were written. */
function withoutProvisioners(text: string): {
  readonly text: string;
  readonly provisioners: readonly string[];
} {
  const root = parse(text) as MutableJson;
  const provisioners = takeProvisioners(root["resource"]);
  return { text: provisioners.length === 0 ? text : (stringify(root) ?? ""), provisioners };
}

/** A block stands in the map of its type, and in the map of its name there. */
const RESOURCE_DEPTH = 2;

/**
 * Takes the provisioners out of the resources of a freshly parsed tree, in place. What has this name deeper in a
 * resource is a value of the user's; lists may stand on every level.
 */
function takeProvisioners(json: unknown, depth = RESOURCE_DEPTH): readonly string[] {
  if (typeof json !== "object" || json === null) return [];
  if (Array.isArray(json)) return json.flatMap((one) => takeProvisioners(one, depth));
  const node = json as MutableJson;
  if (depth > 0) return Object.values(node).flatMap((below) => takeProvisioners(below, depth - 1));
  const taken = kindsOf(node["provisioner"]);
  delete node["provisioner"];
  return taken;
}

function kindsOf(provisioner: unknown): readonly string[] {
  if (Array.isArray(provisioner)) return provisioner.flatMap(kindsOf);
  return typeof provisioner === "object" && provisioner !== null ? Object.keys(provisioner) : [];
}
