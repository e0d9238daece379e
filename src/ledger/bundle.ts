import { createHash } from "node:crypto";
import { type Zippable, strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { byCodePoint } from "../text/compare.ts";

/** A file of a bundle; the path is from the project root, with `/`. */
export interface BundleFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly isExecutable: boolean;
}

/** A stack's compiled root with its module files and packages, as one archive. */
export interface Bundle {
  /** Of paths, contents and modes, not of the archive's bytes: how they are compressed does not count. */
  readonly sha256: string;
  readonly archive: Uint8Array;
}

/** Beside the files: zip has no mode that every unzip shows. */
const EXECUTABLES = ".platc-executables.json";
/** Zip counts local time from 1980: this is the same everywhere. */
const EPOCH = new Date(1980, 0, 1);

/** Files that are to be packed. */
export interface BundleContent {
  readonly sha256: Bundle["sha256"];
  readonly pack: () => Bundle["archive"];
}

/** Packs files, in any order, into the same archive each time. Throws where a path leads out of the project. */
export function packBundle(files: readonly BundleFile[]): Bundle {
  const { sha256, pack } = bundleContent(files);
  return { sha256, archive: pack() };
}

/** The same in two steps: packing takes many times as long as the digest, and what is there already needs none. */
export function bundleContent(files: readonly BundleFile[]): BundleContent {
  const sorted = [...files].sort((left, right) => byCodePoint(left.path, right.path));
  const doubled = sorted.find((file, at) => file.path === sorted[at + 1]?.path);
  if (doubled !== undefined) throw new Error(`a bundle holds '${doubled.path}' twice`);
  for (const { path } of sorted) checkPath(path);
  return { sha256: digestOf(sorted), pack: () => packSorted(sorted) };
}

function packSorted(sorted: readonly BundleFile[]): Uint8Array {
  const executables = sorted.filter((file) => file.isExecutable).map((file) => file.path);
  const entries: Zippable = { [EXECUTABLES]: strToU8(JSON.stringify(executables)) };
  for (const { path, bytes } of sorted) entries[path] = bytes;
  return zipSync(entries, { mtime: EPOCH, level: 6 });
}

/** Unpacks an archive and checks it against its digest. Throws where it is damaged or leads out of the project. */
export function unpackBundle({ archive, sha256 }: Bundle): readonly BundleFile[] {
  const contents = new Map(Object.entries(unzipSync(archive)));
  const listed = contents.get(EXECUTABLES);
  const executables = new Set(listed === undefined ? [] : (JSON.parse(strFromU8(listed)) as string[]));
  contents.delete(EXECUTABLES);
  const files = [...contents]
    .map(([path, bytes]) => ({ path, bytes, isExecutable: executables.has(path) }))
    .sort((left, right) => byCodePoint(left.path, right.path));
  for (const { path } of files) checkPath(path);
  if (digestOf(files) !== sha256) throw new Error("its content is not what its name says");
  return files;
}

function digestOf(sorted: readonly BundleFile[]): string {
  const lines = sorted.map(({ path, bytes, isExecutable }) => [
    path,
    createHash("sha256").update(bytes).digest("hex"),
    isExecutable,
  ]);
  return createHash("sha256").update(JSON.stringify(lines)).digest("hex");
}

function checkPath(path: string): void {
  const isUnsafe = path
    .split("/")
    .some((segment) => ["", ".", ".."].includes(segment) || /[\\\0]/.test(segment));
  if (isUnsafe || /^[a-z]:/i.test(path) || path === EXECUTABLES)
    throw new Error(`'${path}' cannot be in a bundle`);
}
