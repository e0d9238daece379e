import { byCodePoint } from "../text/compare.ts";
import { folderOf } from "../text/paths.ts";

/** What the manifest says of one stack. */
export interface ManifestEntry {
  readonly address: string;
  readonly stage: string;
  readonly state: { readonly backend: string; readonly key: string };
  readonly upstream: readonly string[];
  /** Names of the files in the stack's folder, sorted: what platc wrote and may remove. */
  readonly files: readonly string[];
  /** Everything that makes the stack's plan. */
  readonly digest: string;
  /** The same by parts, so that a run can say which one changed. */
  readonly parts: Readonly<Record<string, string>>;
  /** What the stack is made of below the environment and customer layers: what promotion compares. */
  readonly release: string;
}

/** A copy of a module that platc ships: its folder from that of the platform, and the files in it. */
export interface CopiedModule {
  readonly folder: string;
  readonly files: readonly string[];
}

/** Groups the paths of copied files by their folders; both sorted. */
export function copiedModules(
  platform: string,
  copied: readonly { readonly path: string }[],
): readonly CopiedModule[] {
  const prefix = `out/${platform}/`.length;
  const filesByFolder = new Map<string, string[]>();
  for (const { path } of copied) {
    const folder = folderOf(path).slice(prefix);
    filesByFolder.set(folder, [...(filesByFolder.get(folder) ?? []), path.slice(path.lastIndexOf("/") + 1)]);
  }
  return [...filesByFolder]
    .sort(([left], [right]) => byCodePoint(left, right))
    .map(([folder, files]) => ({ folder, files: files.sort(byCodePoint) }));
}

/** One line per stack, sorted by address, and one per copied module, so that two pull requests merge. */
export function writeManifest(
  platform: string,
  entries: readonly ManifestEntry[],
  copied: readonly CopiedModule[],
): string {
  const lines = [...entries]
    .sort((left, right) => byCodePoint(left.address, right.address))
    .map(({ parts: _parts, ...line }) => JSON.stringify(line));
  const modules =
    copied.length === 0
      ? ""
      : `,"modules":[\n${copied.map((module) => JSON.stringify(module)).join(",\n")}\n]`;
  return `{"format":1,"platform":${JSON.stringify(platform)},"stacks":[\n${lines.join(",\n")}\n]${modules}}\n`;
}
