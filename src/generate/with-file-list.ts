import type { OutputFile } from "../emit/emit-platform.ts";
import { byCodePoint } from "../text/compare.ts";

/** The files of a bundle with the list by which the next write knows them, sorted by path: the same bytes for the same files. */
export function withFileList(files: readonly OutputFile[]): readonly OutputFile[] {
  const paths = files.map(({ path }) => path).sort(byCodePoint);
  const list = { path: "bundle.json", content: `${JSON.stringify({ format: 1, files: paths }, null, 2)}\n` };
  return [...files, list].sort((left, right) => byCodePoint(left.path, right.path));
}
