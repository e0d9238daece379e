import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { identifyProcess, type ProcessIdentity, processStatus } from "../stores/process-identity.ts";

const PREFIX = "rehearse-";
const OWNER = "owner.json";

/** Of the project: what costs time to make anew, and means the same in every folder. */
const SHARED = ["cache", "providers"] as const;

/** Makes an empty folder in `.platc` of a project, for a rehearsal that has a project, and a world, of its own. */
export async function makeWorkspace(projectRoot: string): Promise<string> {
  const home = join(projectRoot, ".platc");
  await mkdir(home, { recursive: true });
  await removeDeadWorkspaces(projectRoot);
  const folder = await mkdtemp(join(home, PREFIX));
  const own = join(folder, ".platc");
  await mkdir(own, { mode: 0o700 });
  await writeFile(join(own, OWNER), JSON.stringify(identifyProcess()));
  for (const name of SHARED)
    if (existsSync(join(home, name))) await symlink(join(home, name), join(own, name), "dir");
  return folder;
}

/** Removes what rehearsals left there that were ended by force. */
export async function removeDeadWorkspaces(projectRoot: string): Promise<void> {
  const home = join(projectRoot, ".platc");
  const names = await readdir(home).catch(() => []);
  for (const name of names.filter((one) => one.startsWith(PREFIX)))
    if (await isDead(join(home, name))) await rm(join(home, name), { recursive: true, force: true });
}

async function isDead(folder: string): Promise<boolean> {
  try {
    const owner = JSON.parse(await readFile(join(folder, ".platc", OWNER), "utf8")) as ProcessIdentity;
    return processStatus(owner) === "dead";
  } catch {
    // It is only being made.
    return false;
  }
}
