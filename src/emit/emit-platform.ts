import { shippedFolder } from "../modules/shipped-folder.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Stack } from "../stacks/stack.ts";
import { byCodePoint } from "../text/compare.ts";
import { folderOf } from "../text/paths.ts";
import { digestOf, digestOfParts } from "./digest.ts";
import { requiredProviders } from "./emit-providers.ts";
import { emitStack, stackFolder } from "./emit-stack.ts";
import { lockableSources, lockEntries, writeLock } from "./lock-entries.ts";
import { copiedModules, type ManifestEntry, writeManifest } from "./manifest.ts";
import { packFolder } from "./pack-folder.ts";
import { packageName } from "./package-name.ts";
import { releaseDigests } from "./release-digest.ts";
import { type EmitSurroundings, NO_OVERLAY, type Overlay } from "./stack-surroundings.ts";
import { writeJson } from "./write-json.ts";
import { remember } from "../source/remember.ts";

/** One file that compile writes, by its path from the project root. */
export interface OutputFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

export interface EmittedPlatform {
  readonly files: readonly OutputFile[];
  readonly manifest: readonly ManifestEntry[];
}

/** Name of the lock file that `platc lock` writes beside the spec. */
export const LOCK_FILE = ".terraform.lock.hcl";

/** Every file of `out/<platform>`, and what the manifest says of each stack. */
export async function emitPlatform(platform: Platform, sources: Sources): Promise<EmittedPlatform> {
  const emitter = await createEmitter(platform, sources);
  const emitted = await Promise.all(platform.stacks.map(async (stack) => emitter.stack(stack)));
  const manifest = emitted.map((one) => one.entry);
  const shipped = await shippedFiles(platform, sources);
  const text = writeManifest(platform.spec.name, manifest, copiedModules(platform.spec.name, shipped));
  const files: OutputFile[] = [
    ...emitted.flatMap((one) => one.files),
    ...shipped,
    { path: `out/${platform.spec.name}/manifest.json`, content: text },
  ];
  return { files: files.sort((left, right) => byCodePoint(left.path, right.path)), manifest };
}

/** The files of modules that platc ships and that stacks call, each once for the platform. */
async function shippedFiles(platform: Platform, sources: Sources): Promise<readonly OutputFile[]> {
  const folder = `${shippedFolder(platform.spec.name)}/`;
  const paths = [...platform.modules.values()]
    .flatMap((module) => module.files)
    .filter((path) => path.startsWith(folder));
  return Promise.all(
    [...new Set(paths)].map(async (path) => ({
      path,
      content: (await sources.readText(path)) ?? "",
    })),
  );
}

/** Emits single stacks of a platform; what they share is read once. */
export interface Emitter {
  /** A stack's files as compile writes them. */
  readonly stack: (
    stack: Stack,
  ) => Promise<{ readonly files: readonly OutputFile[]; readonly entry: ManifestEntry }>;
  /** The main file of a stack with an overlay laid in, for a plan that is shown and not applied. */
  readonly overlaid: (stack: Stack, overlay: Overlay) => string;
}

export async function createEmitter(platform: Platform, sources: Sources): Promise<Emitter> {
  const around = surroundingsOf(platform);
  const lock = lockEntries((await sources.readText(`${folderOf(platform.specPath)}/${LOCK_FILE}`)) ?? "");
  const packages = new Map<string, Promise<Uint8Array>>();
  const packed = (folder: string): Promise<Uint8Array> =>
    remember(packages, folder, () => packFolder(folder, sources));
  const hashes = new Map<string, Promise<string>>();
  const hashOf = (path: string): Promise<string> => {
    const isFolder = platform.folders.has(path);
    const hash = async (): Promise<string> =>
      isFolder ? digestOf(await packed(path)) : ((await sources.hash(path)) ?? "");
    return remember(hashes, path, hash);
  };
  // Most stacks of a platform are made of the same files as others.
  const digests = new Map<string, Promise<string>>();
  const digestOfPaths = (paths: readonly string[]): Promise<string> =>
    remember(digests, paths.join("\n"), async () => {
      const lines = await Promise.all(paths.map(async (path) => `${path} ${await hashOf(path)}`));
      return digestOf(lines.join("\n"));
    });
  const moduleFiles = (stack: Stack): readonly string[] =>
    [...new Set(stack.modules.flatMap((call) => platform.modules.get(call.source)?.files ?? []))].sort(
      byCodePoint,
    );
  const releases = releaseDigests(platform);
  return {
    overlaid: (stack, overlay) => writeJson(emitStack(stack, overlay, around)),
    stack: async (stack) => {
      const folder = stackFolder(platform.spec.name, stack.address);
      const json = writeJson(emitStack(stack, NO_OVERLAY, around));
      const lockText = writeLock(
        lock,
        [...requiredProviders(stack, around).values()].flatMap((one) => lockableSources(one.source)),
      );
      const archives = stack.paths.filter((path) => platform.folders.has(path));
      const files: OutputFile[] = [{ path: `${folder}/main.tf.json`, content: json }];
      if (lockText !== undefined) files.push({ path: `${folder}/${LOCK_FILE}`, content: lockText });
      for (const archive of archives)
        files.push({ path: `${folder}/${packageName(archive)}`, content: await packed(archive) });
      const modules = await digestOfPaths(moduleFiles(stack));
      const paths = await digestOfPaths(stack.paths);
      const parts = {
        definition: digestOf(json),
        modules,
        files: paths,
        providers: digestOf(lockText ?? ""),
      };
      const release = releases(stack, { modules, files: paths, providers: parts.providers });
      const entry: ManifestEntry = {
        address: stack.address,
        stage: stack.stage,
        state: { backend: stack.state.backend, key: stack.state.key },
        upstream: stack.upstream,
        files: files.map((file) => file.path.slice(folder.length + 1)).sort(byCodePoint),
        digest: digestOfParts(parts),
        parts,
        release,
      };
      return { files, entry };
    },
  };
}

/** What the emitters of single stacks share. */
export function surroundingsOf(platform: Platform): EmitSurroundings {
  return {
    spec: platform.spec,
    specPath: platform.specPath,
    stackByAddress: platform.stackByAddress,
    contracts: platform.contracts,
    moduleFolders: new Map([...platform.modules].map(([source, module]) => [source, module.folder])),
    isFolder: (path) => platform.folders.has(path),
  };
}

/** The stack of an environment that makes its state backend, if the spec names one. */
export function isBootstrapStack(platform: Platform, stack: Stack): boolean {
  return stack.name === platform.spec.bootstrap;
}
