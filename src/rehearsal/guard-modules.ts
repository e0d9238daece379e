import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { parseHcl } from "../disk/hcl-parser.ts";
import { replaceFile } from "../disk/replace-file.ts";
import type { StackFolder } from "../disk/stack-folder.ts";
import { nestedBlocks } from "../modules/block-values.ts";
import { isModuleFile, tameFile } from "../modules/tame-file.ts";
import type { TerraformProgram } from "../text/flavour.ts";
import { type InstalledModule, installedModules } from "../terraform/installed-modules.ts";

/** What was taken out of the modules that init fetched, as `CALL local-exec`; or why nothing may be planned. */
export type GuardedModules =
  | { readonly status: "ok"; readonly taken: readonly string[] }
  | { readonly status: "refused"; readonly message: string; readonly hint: string };

export interface GuardOptions {
  /** Keeps files that need no second look while they stay as they are: many stacks call the same modules. */
  readonly harmless?: Set<string>;
  /** What runs the stacks, for hints. */
  readonly program?: TerraformProgram;
}

/**
 * Looks at every module that Terraform would load for a root module, after init and before anything is planned. One
 * that was fetched loses what would run programs on this machine; where that cannot be done, the stack is refused.
 */
export async function guardModules(
  folder: StackFolder,
  { harmless = new Set(), program = "terraform" }: GuardOptions = {},
): Promise<GuardedModules> {
  const modules = await installedModules(folder);
  if (modules.length === 0) return { status: "ok", taken: [] };
  const noted = await readNotes(folder);
  for (const module of modules) {
    const refusal = await guardModule(folder, module, { noted, harmless, program });
    if (refusal) return refusal;
  }
  if (Object.keys(noted).length > 0) replaceFile(notesPath(folder), JSON.stringify(noted), 0o600);
  const taken = modules.flatMap(({ key }) => (noted[key] ?? []).map((kind) => `${key} ${kind}`));
  return { status: "ok", taken };
}

/** By the module's key: a fetched module is changed once, and told of in each run. */
type Notes = Record<string, readonly string[]>;
type Refused = Extract<GuardedModules, { status: "refused" }>;

async function guardModule(
  folder: StackFolder,
  module: InstalledModule,
  { noted, harmless, program }: Required<GuardOptions> & { readonly noted: Notes },
): Promise<Refused | undefined> {
  const isFetched = await lies(module.path, folder.dataFolder);
  const kinds: string[] = [];
  for (const path of await moduleFiles(module.path)) {
    const version = await versionOf(path);
    if (harmless.has(version)) continue;
    const text = await readFile(path, "utf8");
    const tamed = tameFile(path, text);
    if (tamed.taken.length > 0 && !isFetched) return elsewhere(module, path);
    if (!(await isTame(path, tamed.text))) return unreadable(module, path, program);
    if (tamed.taken.length === 0) {
      harmless.add(version);
      continue;
    }
    // A new file in the place of the old one: where that is a link, what it points to stays as it is.
    replaceFile(path, tamed.text, 0o600);
    kinds.push(...tamed.taken);
  }
  if (kinds.length > 0) noted[module.key] = kinds;
  return undefined;
}

/** By the real place: a module that is named by an absolute path is no copy, but a link to the user's own. */
async function lies(path: string, folder: string): Promise<boolean> {
  const [inner, outer] = await Promise.all([path, folder].map((one) => realpath(one).catch(() => one)));
  return inner!.startsWith(`${outer}${sep}`);
}

async function versionOf(path: string): Promise<string> {
  const { ino, mtimeMs, size } = await stat(path);
  return `${path} ${ino} ${mtimeMs} ${size}`;
}

async function moduleFiles(path: string): Promise<readonly string[]> {
  // Terraform itself says that a module is not there.
  const entries = await readdir(path).catch(() => []);
  return entries.filter(isModuleFile).map((name) => join(path, name));
}

/** Asks a parser of the language itself; text without the word needs none, since HCL cannot spell it otherwise. */
async function isTame(path: string, text: string): Promise<boolean> {
  const isJson = path.endsWith(".json");
  if (!isJson && !text.includes("provisioner")) return true;
  const { blocks, failures } = await parseHcl(isJson ? path : "main.tf", text);
  return failures.length === 0 && !blocks.some(({ body }) => nestedBlocks(body, "provisioner").length > 0);
}

function elsewhere({ key, source }: InstalledModule, path: string): Refused {
  return {
    status: "refused",
    message: `the module '${key}' from '${source}' has a provisioner in '${path}', and a rehearsal runs no programs`,
    hint: "call it by a relative path within the project, or from a registry or a git repository: then it is rehearsed without",
  };
}

function unreadable({ key, source }: InstalledModule, path: string, program: TerraformProgram): Refused {
  return {
    status: "refused",
    message: `the module '${key}' from '${source}' may run programs, and cannot be rehearsed: '${path}' could not be read, or not without its provisioners`,
    hint: `'${program} validate' says whether the file is well formed; where it is, please report this`,
  };
}

function notesPath({ dataFolder }: StackFolder): string {
  return join(dataFolder, "modules", "platc-left-out.json");
}

async function readNotes(folder: StackFolder): Promise<Notes> {
  const text = await readFile(notesPath(folder), "utf8").catch(() => "{}");
  return JSON.parse(text) as Notes;
}
