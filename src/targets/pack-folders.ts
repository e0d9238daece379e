import { join } from "node:path";
import { packageRoot } from "../disk/package-root.ts";
import { PACK_FOLDER } from "../provider/schema-pack.ts";

/** Where packs and overlays of providers are looked for: in the project before those that platc has. */
export function packFolders(projectRoot: string): readonly string[] {
  return [...new Set([projectRoot, packageRoot()])].map((root) => join(root, PACK_FOLDER));
}
