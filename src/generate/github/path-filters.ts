import { byCodePoint } from "../../text/compare.ts";

/** One file, as a filter of GitHub that means this file and no other. */
export function fileFilter(path: string): string {
  return path.replace(/[\\*?+[\]!{}()|^$]/g, "\\$&");
}

/** Everything in a folder, as a filter of GitHub. */
export function folderFilter(folder: string): string {
  return folder === "" ? "**" : `${fileFilter(folder)}/**`;
}

/** Filters in order, each once; those of files in a folder that has a filter of its own are left out. */
export function tidyFilters(filters: Iterable<string>): readonly string[] {
  const sorted = [...new Set(filters)].sort(byCodePoint);
  const folders = sorted.filter((filter) => filter.endsWith("/**")).map((filter) => filter.slice(0, -2));
  return sorted.filter(
    (filter) => !folders.some((folder) => filter !== `${folder}**` && filter.startsWith(folder)),
  );
}
