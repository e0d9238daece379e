import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Platform } from "../stacks/platform-model.ts";
import { goneEnvironmentHint } from "./gone-environment.ts";
import type { Note } from "../terraform/note.ts";

/** What to say of environments that `out/`, as it stands on disk, has stacks of and the spec does not know any more. */
export function leftEnvironments(root: string, { spec }: Platform): readonly Note[] {
  const countByName = new Map<string, number>();
  for (const address of compiledAddresses(root, spec.name)) {
    const name = address.slice(0, address.indexOf("/"));
    if (!spec.environments.has(name)) countByName.set(name, (countByName.get(name) ?? 0) + 1);
  }
  return [...countByName].map(([name, count]) => ({
    message: `environment '${name}' is not in the spec any more, and out/ has ${count} ${count === 1 ? "stack" : "stacks"} of it: what is applied there stays`,
    hint: goneEnvironmentHint(name),
  }));
}

/** The manifest's lines are read one by one: in a merge it need not be JSON as a whole. */
function compiledAddresses(root: string, platform: string): readonly string[] {
  return [...manifestText(root, platform).matchAll(/^\{"address":"([^"]+\/[^"]+)"/gm)].map(
    ([, address = ""]) => address,
  );
}

function manifestText(root: string, platform: string): string {
  try {
    return readFileSync(join(root, "out", platform, "manifest.json"), "utf8");
  } catch {
    return "";
  }
}
