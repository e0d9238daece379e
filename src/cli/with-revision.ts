import { GitError, type GitSources, gitSources } from "../disk/git-sources.ts";
import { CommandError } from "./exit-codes.ts";
import type { Project } from "./load-platform.ts";

/** Works with a project as it was at a git revision; ends the command where there is no such revision. */
export async function withRevision<Result>(
  { root }: Project,
  revision: string,
  work: (sources: GitSources) => Promise<Result>,
): Promise<Result> {
  try {
    const sources = await gitSources(root, revision);
    try {
      return await work(sources);
    } finally {
      sources.close();
    }
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new CommandError(
      error.message,
      "in CI, fetch the history first: git fetch origin main, or fetch-depth: 0 of actions/checkout",
    );
  }
}
