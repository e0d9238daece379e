import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type FileLockOptions, withFileLock } from "../stores/file-lock.ts";
import { isRehearsalFolder } from "../stacks/rehearsed-platform.ts";
import { removeDeadWorkspaces } from "./workspace.ts";
import { WORLD_LOCK } from "./world-store.ts";

/** Forgets all that was rehearsed in a project: resources, states, ledger, work folders. Tells how many platforms' it was. */
export async function resetRehearsals(
  projectRoot: string,
  onWait?: FileLockOptions["onWait"],
): Promise<number> {
  const home = join(projectRoot, ".platc");
  await removeDeadWorkspaces(projectRoot);
  const names = (await readdir(home).catch(() => [])).filter(isRehearsalFolder);
  const worlds = names.filter((name) => name.endsWith(".world"));
  for (const name of worlds) {
    const lock = join(home, name, WORLD_LOCK);
    // A provider process that is at work holds the lock.
    const options = { isPatient: true, ...(onWait && { onWait }) };
    await withFileLock(lock, () => rm(join(home, name), { recursive: true, force: true }), options);
  }
  // A world that is there again is somebody else's by now.
  for (const name of names.filter((one) => !worlds.includes(one)))
    await rm(join(home, name), { recursive: true, force: true });
  return worlds.length;
}
