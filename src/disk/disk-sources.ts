import { createHash } from "node:crypto";
import { lstat, readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import type { FileKind, Sources } from "../source/sources.ts";
import { byCodePoint } from "../text/compare.ts";
import { remember } from "../source/remember.ts";

/** Names that are never part of a source: what tools leave behind. */
const IGNORED = new Set([
  ".git",
  ".terraform",
  ".platc",
  "__pycache__",
  ".DS_Store",
  "node_modules",
  ".venv",
]);

const OWNER_RUNS = 0o100;

/** Whether a file or folder of this name is what a tool left behind, and never part of a source. */
export function isLeftover(name: string): boolean {
  return IGNORED.has(name) || name.endsWith(".pyc");
}

/** Reads a project from the disk, each file once. */
export function diskSources(root: string): Sources {
  const bytesByPath = new Map<string, Promise<Uint8Array | undefined>>();
  const filesByFolder = new Map<string, Promise<readonly string[]>>();
  const readBytes = (path: string): Promise<Uint8Array | undefined> =>
    remember(bytesByPath, path, async () => ifThere(() => readFile(join(root, path))));
  return {
    readBytes,
    readText: async (path) => {
      const bytes = await readBytes(path);
      return bytes === undefined ? undefined : new TextDecoder("utf-8", { ignoreBOM: false }).decode(bytes);
    },
    listFiles: (folder) =>
      remember(filesByFolder, folder, async () => (await listBelow(root, folder)).sort(byCodePoint)),
    hash: async (path) => {
      const bytes = await readBytes(path);
      return bytes === undefined ? undefined : createHash("sha256").update(bytes).digest("hex");
    },
    kindOf: async (path) => ifThere(() => kindOf(join(root, path))),
  };
}

async function listBelow(root: string, folder: string): Promise<string[]> {
  let entries;
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  const found = await Promise.all(
    entries
      .filter((entry) => !isLeftover(entry.name))
      .map(async (entry) => {
        const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) return listBelow(root, path);
        return entry.isFile() || entry.isSymbolicLink() ? [path] : [];
      }),
  );
  return found.flat();
}

async function kindOf(path: string): Promise<FileKind> {
  const found = await lstat(path);
  if (found.isSymbolicLink()) return { kind: "link", target: await readlink(path) };
  return { kind: (found.mode & OWNER_RUNS) === 0 ? "plain" : "program" };
}

async function ifThere<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "EISDIR" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
