import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { byCodePoint } from "../text/compare.ts";
import { GENERATED } from "./generated-mark.ts";

/**
 * Files of stacks that platc compiled and that neither the spec nor the manifest knows, as after `git checkout` of both:
 * root modules that say that platc wrote them, their locks, and the packages that they name. From the project root.
 */
export function leftFiles(root: string, platform: string, wanted: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  const visit = (folder: string): void => {
    const entries = entriesOf(join(root, folder));
    const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    if (names.includes(ROOT) && !wanted.has(`${folder}/${ROOT}`)) {
      const text = readFileSync(join(root, folder, ROOT), "utf8");
      const isOwn = (name: string): boolean =>
        name === ROOT || name === LOCK || text.includes(`\${path.module}/${name}"`);
      if (text.includes(GENERATED)) found.push(...names.filter(isOwn).map((name) => `${folder}/${name}`));
    }
    for (const entry of entries)
      if (entry.isDirectory() && !entry.name.startsWith(".")) visit(`${folder}/${entry.name}`);
  };
  visit(`out/${platform}`);
  return found.sort(byCodePoint);
}

const ROOT = "main.tf.json";
const LOCK = ".terraform.lock.hcl";

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
