import { execa } from "execa";
import type { AffectedStack } from "../generate/affected-stacks.ts";
import { type EnvironmentWork, type ImageWork, selectWork } from "../generate/github/select-work.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { folderOf, resolvePath } from "../text/paths.ts";
import { affectedSince } from "./affected-since.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";
import { analyseProject, openProject } from "./load-platform.ts";
import { requireEnvironment } from "./require-environment.ts";

export interface CiSelectFlags {
  readonly spec?: string;
  readonly base?: readonly string[];
}

/** Prints what a workflow has to do, one output of a step a line. */
export async function ciSelectCommand(flags: CiSelectFlags, context: Context): Promise<ExitCode> {
  const project = openProject(context, flags.spec);
  const { platform } = await analyseProject(context, project);
  const baseOf = parseBases(platform, flags.base ?? []);
  const known = new Map<string, readonly AffectedStack[]>();
  for (const name of platform.spec.environments.keys()) {
    const revision = baseOf(name);
    if (revision !== undefined && !known.has(revision))
      known.set(revision, await affectedSince(context, project, revision));
  }
  const workOf = (name: string): EnvironmentWork => {
    const revision = baseOf(name);
    return (revision === undefined ? undefined : known.get(revision)) ?? "all";
  };
  const bases = [...platform.spec.environments.keys()].map(baseOf);
  const images = await imagesSince(project.root, platform, bases);
  for (const [name, value] of selectWork(platform, workOf, images))
    context.stdout.write(`${name}=${value}\n`);
  return EXIT.ok;
}

/** The revision that an environment is compared with; undefined: with nothing. */
function parseBases({ spec }: Platform, written: readonly string[]): (name: string) => string | undefined {
  const byName = new Map<string, string>();
  let ofAll: string | undefined;
  for (const base of written) {
    const at = base.indexOf("=");
    if (at < 0) ofAll = base;
    else byName.set(base.slice(0, at), base.slice(at + 1));
  }
  for (const name of byName.keys()) requireEnvironment(spec, name, EXIT.usage);
  return (name) => byName.get(name) ?? ofAll;
}

/** Images whose folder differs from a revision that something is compared with. */
async function imagesSince(
  root: string,
  { spec, specPath }: Platform,
  revisions: readonly (string | undefined)[],
): Promise<readonly ImageWork[]> {
  const found: ImageWork[] = [];
  for (const { name, image } of spec.apps.values()) {
    if (image === undefined) continue;
    const context = resolvePath(folderOf(specPath), image.context);
    const tree = context === undefined ? undefined : await treeAt(root, "HEAD", context);
    if (context === undefined || tree === undefined)
      throw new CommandError(
        `the folder '${image.context}' of the image of '${name}' is not committed`,
        `put its Dockerfile into '${context ?? image.context}' and commit it`,
      );
    const earlier = await Promise.all(
      revisions.map((revision) =>
        revision === undefined ? Promise.resolve(undefined) : treeAt(root, revision, context),
      ),
    );
    if (earlier.some((one) => one !== tree))
      found.push({ app: name, context, tag: `tree-${tree.slice(0, 16)}` });
  }
  return found;
}

/** What git calls the content of a folder at a revision. */
async function treeAt(root: string, revision: string, folder: string): Promise<string | undefined> {
  const prefix = await git(root, ["rev-parse", "--show-prefix"]);
  const result = await git(root, [
    "rev-parse",
    "--verify",
    "--quiet",
    `${revision}:${prefix ?? ""}${folder}`,
  ]);
  return result === "" ? undefined : result;
}

async function git(root: string, args: readonly string[]): Promise<string | undefined> {
  const { exitCode, stdout } = await execa("git", args, { cwd: root, reject: false });
  return exitCode === 0 ? stdout.trim() : undefined;
}
