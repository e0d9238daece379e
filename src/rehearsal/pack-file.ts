import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface PackFile {
  readonly path: string;
  readonly text: string;
}

const SOURCE = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*){1,2}$/;

/** The files of a provider, `<folder>/<source><ending>`, in the order of the folders that may hold one. */
export function packFiles(folders: readonly string[], source: string, ending: string): readonly PackFile[] {
  if (!SOURCE.test(source)) return [];
  return folders.flatMap((folder) => {
    const path = join(folder, `${source}${ending}`);
    try {
      return [{ path, text: readFileSync(path, "utf8") }];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      return [];
    }
  });
}
