import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Platform } from "../stacks/platform-model.ts";

/**
 * Lays the copies of shipped modules that stacks call beside the work folders, where they lie beside the stacks in
 * `out/`. Another run may do the same at once: each file is replaced whole, and none is removed.
 */
export async function copyShippedModules(root: string, { modules }: Platform): Promise<void> {
  const paths = [...modules.values()].flatMap((module) => module.files);
  // The project's own modules never lie in `out/`.
  for (const path of new Set(paths.filter((one) => one.startsWith("out/")))) {
    const target = join(root, ".platc", path.slice("out/".length));
    const content = await readFile(join(root, path));
    const current = await readFile(target).catch(() => undefined);
    if (current?.equals(content)) continue;
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    const draft = `${target}.${process.pid}.tmp`;
    await writeFile(draft, content, { mode: 0o600 });
    await rename(draft, target);
  }
}
