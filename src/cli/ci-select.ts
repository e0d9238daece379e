import { affectedStacks, type AffectedStack, type ComparedProject } from "../generate/affected-stacks.ts";
import { changedImages } from "../generate/github/changed-images.ts";
import { type GoneEnvironment, goneEnvironments } from "../generate/github/gone-environments.ts";
import { type RehearsalFiles, rehearsalFiles } from "../generate/github/rehearsal-files.ts";
import { type EnvironmentWork, selectWork } from "../generate/github/select-work.ts";
import type { Sources } from "../source/sources.ts";
import type { Platform } from "../stacks/platform-model.ts";
import { comparedWith } from "./affected-since.ts";
import type { Context } from "./context.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { goneEnvironmentHint } from "./gone-environment.ts";
import { analyseProject, openProject, type Project } from "./load-platform.ts";
import { requireEnvironment } from "./require-environment.ts";
import { withRevision } from "./with-revision.ts";

export interface CiSelectFlags {
  readonly spec?: string;
  readonly base?: readonly string[];
}

/** A revision that an environment is compared with, compiled, and what differs from it. */
interface Since {
  readonly base: ComparedProject | undefined;
  readonly affected: readonly AffectedStack[];
  /** Whether what a rehearsal goes by beside the spec differs. */
  readonly isKnownOtherwise: boolean;
}

/** Prints what a workflow has to do, one output of a step a line. */
export async function ciSelectCommand(flags: CiSelectFlags, context: Context): Promise<ExitCode> {
  const project = openProject(context, flags.spec);
  const { platform } = await analyseProject(context, project);
  const baseOf = parseBases(platform, flags.base ?? []);
  const known = new Map<string, Since>();
  for (const name of platform.spec.environments.keys()) {
    const revision = baseOf(name);
    if (revision !== undefined && !known.has(revision))
      known.set(revision, await since(context, project, revision));
  }
  const sinceOf = (name: string): Since | undefined => {
    const revision = baseOf(name);
    return revision === undefined ? undefined : known.get(revision);
  };
  const workOf = (name: string): EnvironmentWork => sinceOf(name)?.affected ?? "all";
  const bases = [...platform.spec.environments.keys()].map((name) => sinceOf(name)?.base?.platform);
  const images = changedImages(platform, bases);
  const isKnownOtherwise = (name: string): boolean => sinceOf(name)?.isKnownOtherwise === true;
  const gone = goneEnvironments(bases, platform);
  for (const one of gone) tellGone(one, context);
  for (const [name, value] of selectWork(platform, workOf, images, gone, isKnownOtherwise))
    context.stdout.write(`${name}=${value}\n`);
  return EXIT.ok;
}

/** No job plans an environment that the spec does not have; in GitHub the warning stands at the run. */
function tellGone({ name, stacks }: GoneEnvironment, { stderr, environment }: Context): void {
  const counted = `${stacks} ${stacks === 1 ? "stack" : "stacks"}`;
  const message = `environment '${name}' has left the spec: ${counted}, and what is applied there stays`;
  const hint = goneEnvironmentHint(name);
  stderr.write(
    environment["GITHUB_ACTIONS"] === "true"
      ? `::warning title=An environment has left the spec::${message}; ${hint}\n`
      : `platc: ${message}\n  ${hint}\n`,
  );
}

async function since(context: Context, project: Project, revision: string): Promise<Since> {
  const { base, head } = await comparedWith(context, project, revision);
  const files = rehearsalFiles(head.platform);
  const there = await withRevision(project, revision, (sources) => digestsOf(sources, files));
  const here = await digestsOf(project.sources, files);
  return { base, affected: affectedStacks(base, head), isKnownOtherwise: there !== here };
}

async function digestsOf(sources: Sources, { given, packs }: RehearsalFiles): Promise<string> {
  const paths = [given, ...(await sources.listFiles(packs))];
  const digests = await Promise.all(paths.map(async (path) => `${path} ${await sources.hash(path)}`));
  return digests.join("\n");
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
  for (const name of byName.keys()) requireEnvironment(spec, name);
  return (name) => byName.get(name) ?? ofAll;
}
