import type { Sources } from "../source/sources.ts";
import { diskSources } from "./disk-sources.ts";
import { packageRoot } from "./package-root.ts";

/** The modules that platc ships, in `modules/<cloud>/<name>`, for projects that have none of these names. */
export function shippedModules(): Sources {
  return diskSources(packageRoot());
}
