import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { FileToWrite } from "./write-output.ts";

/** What stands between a folder and the bundle that it should hold; paths are within the folder. */
export interface BundleChanges {
  readonly written: readonly FileToWrite[];
  readonly removed: readonly string[];
  readonly unchanged: number;
  /** Files in the way that platc did not write. */
  readonly foreign: readonly string[];
}

const LIST = "bundle.json";

/** Compares a folder with a bundle, whose own list says what platc wrote there earlier; writes nothing. */
export function compareBundle(folder: string, files: readonly FileToWrite[]): BundleChanges {
  const owned = new Set(ownedFiles(folder));
  const wanted = new Set(files.map(({ path }) => path));
  const current = files.map((file) => ({ file, there: readIfThere(join(folder, file.path)) }));
  const differing = current.filter(
    ({ file, there }) => there === undefined || !there.equals(Buffer.from(file.content)),
  );
  return {
    written: differing.map(({ file }) => file),
    removed: [...owned].filter((path) => !wanted.has(path) && readIfThere(join(folder, path)) !== undefined),
    unchanged: files.length - differing.length,
    foreign: differing
      .filter(({ file, there }) => there !== undefined && file.path !== LIST && !owned.has(file.path))
      .map(({ file }) => file.path),
  };
}

/** Makes the folder what the bundle says; its list comes first, so that what an interrupted write left is known as ours. */
export function writeBundle(folder: string, { written, removed }: BundleChanges): void {
  for (const path of removed) rmSync(join(folder, path), { force: true });
  const isList = ({ path }: FileToWrite): boolean => path === LIST;
  for (const file of [...written.filter(isList), ...written.filter((one) => !isList(one))]) {
    mkdirSync(dirname(join(folder, file.path)), { recursive: true });
    writeFileSync(join(folder, file.path), file.content);
  }
}

/** Names that lead out of the folder are left out: the list may have been edited. */
function ownedFiles(folder: string): readonly string[] {
  const text = readIfThere(join(folder, LIST))?.toString("utf8");
  if (text === undefined) return [];
  try {
    const { files } = JSON.parse(text) as { readonly files?: unknown };
    return Array.isArray(files)
      ? files.filter(
          (path): path is string => typeof path === "string" && !/^\/|(^|[/\\])\.\.([/\\]|$)/.test(path),
        )
      : [];
  } catch {
    return [];
  }
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
