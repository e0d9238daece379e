import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ProjectFile } from "../generate/project/project-file.ts";
import { packageRoot } from "./package-root.ts";

/** What stands between a folder and the project that it is to hold; paths are within the folder. */
export interface ProjectChanges {
  readonly written: readonly ProjectFile[];
  /** Paths of files that are there and hold something else. */
  readonly taken: readonly string[];
}

const PROGRAM = 0o111;

/** Compares a folder with the files of a new project; writes nothing. */
export function compareProject(folder: string, files: readonly ProjectFile[]): ProjectChanges {
  const compared = files.map((file) => ({ file, state: stateOf(join(folder, file.path), file) }));
  return {
    written: compared.filter(({ state }) => state !== "same").map(({ file }) => file),
    taken: compared.filter(({ state }) => state === "taken").map(({ file }) => file.path),
  };
}

/** Writes the files of a new project; a copy of a program is a program. */
export function writeProject(folder: string, { written }: ProjectChanges): void {
  for (const { path, content, copyOf } of written) {
    const target = join(folder, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
    if (copyOf !== undefined && isProgram(join(packageRoot(), copyOf)))
      chmodSync(target, statSync(target).mode | PROGRAM);
  }
}

function stateOf(
  path: string,
  { content, isAddition }: ProjectFile,
): "missing" | "same" | "taken" | "added to" {
  const there = readIfThere(path);
  if (there === "nothing") return "missing";
  if (there === "a folder") return "taken";
  if (there.equals(Buffer.from(content))) return "same";
  return isAddition ? "added to" : "taken";
}

function readIfThere(path: string): Buffer | "nothing" | "a folder" {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return "nothing";
    if (code === "EISDIR" || code === "ENOTDIR") return "a folder";
    throw error;
  }
}

function isProgram(path: string): boolean {
  return (statSync(path).mode & PROGRAM) !== 0;
}
