import type { Zippable } from "fflate";
import type { Sources } from "../source/sources.ts";

/** Zip files count time from 1980; every entry has this one. */
const ZIP_TIME = new Date(1980, 0, 1, 0, 0, 0);

/** A folder as a zip whose bytes depend on names and contents alone: stored, sorted, one time. */
export async function packFolder(folder: string, sources: Sources): Promise<Uint8Array> {
  const { zipSync } = await import("fflate");
  const files: Zippable = {};
  for (const file of await sources.listFiles(folder)) {
    const bytes = await sources.readBytes(file);
    // Unix, a plain file that everyone may read: Lambda refuses what it cannot read.
    if (bytes)
      files[file.slice(folder.length + 1)] = [
        bytes,
        { level: 0, mtime: ZIP_TIME, os: 3, attrs: 0o100644 << 16 },
      ];
  }
  return zipSync(files, { level: 0 });
}
