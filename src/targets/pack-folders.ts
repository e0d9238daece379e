import { join } from "node:path";
import { packageRoot } from "../disk/package-root.ts";

/** Where a project has packs and overlays of its own, from its root. */
export const PACK_FOLDER = join("schema", "providers");

/** Where packs and overlays of providers are looked for: in the project before those that platc has. */
export function packFolders(projectRoot: string): readonly string[] {
  return [...new Set([projectRoot, packageRoot()])].map((root) => join(root, PACK_FOLDER));
}
