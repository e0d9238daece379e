import { chmod, mkdir, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Sources } from "../source/sources.ts";

const AT_ONCE = 64;

/**
 * Makes a folder hold the files of a project, links and programs as such, but for those that `isWanted` leaves out. What
 * was there before goes; `.platc` stays.
 */
export async function layTree(
  folder: string,
  sources: Sources,
  isWanted: (path: string) => boolean,
): Promise<void> {
  for (const name of await readdir(folder))
    if (name !== ".platc") await rm(join(folder, name), { recursive: true, force: true });
  const paths = (await sources.listFiles("")).filter(isWanted);
  for (const parent of new Set(paths.map(dirname))) await mkdir(join(folder, parent), { recursive: true });
  for (let at = 0; at < paths.length; at += AT_ONCE)
    await Promise.all(paths.slice(at, at + AT_ONCE).map((path) => layFile(folder, sources, path)));
}

async function layFile(folder: string, sources: Sources, path: string): Promise<void> {
  const kind = await sources.kindOf(path);
  const target = join(folder, path);
  if (kind?.kind === "link") return symlink(kind.target, target);
  const bytes = await sources.readBytes(path);
  if (bytes === undefined) return;
  await writeFile(target, bytes);
  if (kind?.kind === "program") await chmod(target, 0o755);
}
