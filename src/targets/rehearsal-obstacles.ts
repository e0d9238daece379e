import { ofLockable } from "../emit/lock-entries.ts";
import { packedSchema } from "../rehearsal/packed-schema.ts";
import { schemaNeeds } from "../rehearsal/schema-needs.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Note } from "../terraform/note.ts";
import { flavourOf } from "../text/flavour.ts";
import { readersOfForeignStates } from "./foreign-states.ts";
import { lockedVersions } from "./locked-versions.ts";
import { packFolders } from "./pack-folders.ts";

/**
 * Why a platform could not be rehearsed on a machine that has no provider, as far as its spec and its own modules say;
 * the same on every machine.
 */
export async function rehearsalObstacles(
  platform: Platform,
  sources: Sources,
  projectRoot: string,
): Promise<readonly Note[]> {
  const locked = await lockedVersions(platform, sources);
  const folders = packFolders(projectRoot);
  const { command } = platform.spec;
  const lacking = schemaNeeds(platform, platform.stacks).flatMap((need) => {
    const version = ofLockable(locked, need.source, flavourOf(command));
    const found = packedSchema(need, version, folders, command);
    return "message" in found ? [{ message: found.message, hint: found.hint }] : [];
  });
  const readers = readersOfForeignStates(platform, platform.stacks, () => []);
  const foreign = readers.map((address) => ({
    message: `'${address}' reads a state that is none of this platform's`,
    hint: "make what it reads a stack or a variable of the platform",
  }));
  return [...lacking, ...foreign];
}
