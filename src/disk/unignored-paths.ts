import { execa } from "execa";

/** Which of some paths below a folder git would commit; none without git, or where the folder is in no repository. */
export async function unignoredPaths(
  folder: string,
  paths: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const asked = await execa("git", ["check-ignore", "--stdin", "-z"], {
    cwd: folder,
    env: { ...environment },
    extendEnv: false,
    input: paths.map((path) => `${path}\0`).join(""),
    reject: false,
  });
  // 0: some are ignored; 1: none is; all else: git cannot say.
  if (asked.exitCode !== 0 && asked.exitCode !== 1) return [];
  const ignored = new Set(asked.stdout.split("\0"));
  return paths.filter((path) => !ignored.has(path));
}
