import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The branches and tags of the git repository around a folder, newest first; none where there is no repository. */
export async function gitRevisions(folder: string): Promise<readonly string[]> {
  const args = ["for-each-ref", "--sort=-creatordate", "--format=%(refname:short)"];
  const refs = ["refs/heads", "refs/remotes", "refs/tags"];
  try {
    const { stdout } = await promisify(execFile)("git", [...args, ...refs], { cwd: folder });
    return stdout.split("\n").filter((one) => one !== "");
  } catch {
    return [];
  }
}
