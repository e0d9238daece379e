// Synchronous throughout: for thousands of small files a trip to the thread pool costs more than the file.
import { existsSync, mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { GENERATED } from "./generated-mark.ts";
import { replaceFile } from "./replace-file.ts";

/** A file to be on disk, by its path from the project root. */
export interface FileToWrite {
  readonly path: string;
  readonly content: string | Uint8Array;
}

/** What stands between `out/` and what compile says: paths from the project root, sorted. */
export interface OutputChanges {
  readonly written: readonly FileToWrite[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Files that are in the way and that platc did not write. */
  readonly foreign: readonly string[];
  /** Whether an earlier compile was interrupted while it wrote. */
  readonly isInterrupted: boolean;
}

/** Compares `out/<platform>` with the files that it should hold; writes nothing. */
export async function compareOutput(
  root: string,
  platform: string,
  files: readonly FileToWrite[],
): Promise<OutputChanges> {
  const staged = readStaging(root, platform);
  const owned = new Set([...ownedFiles(root, platform), ...(staged ?? [])]);
  const wanted = new Set(files.map((file) => file.path));
  const written: FileToWrite[] = [];
  const foreign: string[] = [];
  for (const file of files) {
    const current = readIfThere(join(root, file.path));
    if (current && Buffer.from(file.content).equals(current)) continue;
    if (current && !owned.has(file.path) && !current.includes(GENERATED)) foreign.push(file.path);
    written.push(file);
  }
  const removed = [...owned].filter((path) => !wanted.has(path) && readIfThere(join(root, path)));
  return {
    written,
    removed: removed.sort(),
    unchanged: files.length - written.length,
    foreign,
    isInterrupted: staged !== undefined,
  };
}

/**
 * Makes `out/<platform>` what compile says. Every file is replaced whole; a list of what is under way stays on disk
 * until the end, so that an interruption is noticed and the next compile finishes the work.
 */
export async function writeOutput(root: string, platform: string, changes: OutputChanges): Promise<void> {
  const staging = stagingPath(root, platform);
  if (changes.written.length === 0 && changes.removed.length === 0) {
    if (changes.isInterrupted) rmSync(staging, { force: true });
    return;
  }
  mkdirSync(dirname(staging), { recursive: true });
  const owned = ownedFiles(root, platform);
  const all = [
    ...new Set([...owned, ...changes.written.map((file) => file.path), ...changes.removed]),
  ].sort();
  writeFileSync(staging, `${all.join("\n")}\n`);
  for (const path of changes.removed) removeWithFolders(root, path, `out/${platform}`);
  const isManifest = ({ path }: FileToWrite): boolean => path === `out/${platform}/manifest.json`;
  for (const file of changes.written) if (!isManifest(file)) replaceFile(join(root, file.path), file.content);
  for (const file of changes.written) if (isManifest(file)) replaceFile(join(root, file.path), file.content);
  rmSync(staging, { force: true });
}

/** Whether a compile of this platform was interrupted while it wrote. */
export async function isInterrupted(root: string, platform: string): Promise<boolean> {
  return readStaging(root, platform) !== undefined;
}

function stagingPath(root: string, platform: string): string {
  return join(root, "out", platform, ".compiling");
}

function readStaging(root: string, platform: string): readonly string[] | undefined {
  const text = readIfThere(stagingPath(root, platform))?.toString("utf8");
  return text?.split("\n").filter((line) => line !== "");
}

/** A line of the manifest: a stack by its address, or a copied module by its folder. */
interface OwnedFolder {
  readonly address?: unknown;
  readonly folder?: unknown;
  readonly files?: unknown;
}

/** Files that the manifest on disk says platc wrote. A manifest that cannot be read, as in a merge, says what its whole lines say. */
function ownedFiles(root: string, platform: string): readonly string[] {
  const text = readIfThere(join(root, "out", platform, "manifest.json"))?.toString("utf8") ?? "";
  const owned = text === "" ? [] : [`out/${platform}/manifest.json`];
  for (const line of text.split("\n")) {
    try {
      const entry = JSON.parse(line.replace(/,$/, "")) as OwnedFolder;
      const folder = entry.address ?? entry.folder;
      if (typeof folder !== "string" || !Array.isArray(entry.files)) continue;
      for (const file of entry.files) owned.push(`out/${platform}/${folder}/${String(file)}`);
    } catch {
      continue;
    }
  }
  return owned.filter((path) => !path.split("/").includes(".."));
}

function removeWithFolders(root: string, path: string, stopAt: string): void {
  rmSync(join(root, path), { force: true });
  for (let folder = dirname(path); folder !== stopAt && folder.startsWith(stopAt); folder = dirname(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      return;
    }
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    // Asked first: an exception for every file that is not there would cost more than the file.
    return existsSync(path) ? readFileSync(path) : undefined;
  } catch {
    return undefined;
  }
}
