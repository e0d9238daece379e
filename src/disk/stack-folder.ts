import { chmod, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { OutputFile } from "../emit/emit-platform.ts";
import { TAMED } from "../emit/rehearsed-emitter.ts";

/** A folder that Terraform works in, as deep below the project as the one in `out/`, so that relative paths hold. */
export interface StackFolder {
  readonly path: string;
  readonly dataFolder: string;
  readonly planFile: string;
}

/** The work folder of a stack: `.platc/<platform>/<address>`. */
export function stackWorkFolder(root: string, platform: string, address: string): StackFolder {
  const path = join(root, ".platc", platform, address);
  return { path, dataFolder: join(path, ".terraform"), planFile: join(path, "plan.tfplan") };
}

/** Fills a work folder with exactly these files; what Terraform keeps there for itself stays. Only the user may read it. */
export async function fillStackFolder(
  folder: StackFolder,
  files: readonly OutputFile[],
  prefix: string,
): Promise<void> {
  await mkdir(folder.path, { recursive: true, mode: 0o700 });
  await chmod(folder.path, 0o700);
  const wanted = new Map(files.map((file) => [file.path.slice(prefix.length + 1), file.content]));
  for (const entry of await readdir(folder.path, { withFileTypes: true })) {
    const isOurs = entry.isFile() && /\.(tf\.json|tf|zip|tfplan)$/.test(entry.name);
    if (isOurs && !wanted.has(entry.name)) await rm(join(folder.path, entry.name));
  }
  for (const name of await tamedFiles(folder)) if (!wanted.has(name)) await rm(join(folder.path, name));
  for (const [name, content] of wanted) {
    const path = join(folder.path, name);
    const current = await readFile(path).catch(() => undefined);
    if (current && Buffer.from(content).equals(current)) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content, { mode: 0o600 });
  }
}

/** Of copies that an earlier rehearsal laid there. */
async function tamedFiles({ path }: StackFolder): Promise<readonly string[]> {
  const entries = await readdir(join(path, TAMED), { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(path, join(entry.parentPath, entry.name)).split(sep).join("/"));
}
