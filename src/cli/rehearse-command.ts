import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { FoundSpec } from "../disk/find-spec.ts";
import { layTree } from "../disk/lay-tree.ts";
import { goneEnvironments } from "../generate/github/gone-environments.ts";
import { compareOutput, writeOutput } from "../disk/write-output.ts";
import { makeWorkspace } from "../rehearsal/workspace.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Note } from "../terraform/note.ts";
import type { Context } from "./context.ts";
import { CommandError, EXIT, type ExitCode } from "./exit-codes.ts";
import { goneEnvironmentHint } from "./gone-environment.ts";
import { analyseProject, compileProject, openProject, type Project, projectAt } from "./load-platform.ts";
import { mutedContext } from "./muted-context.ts";
import type { RunFlags } from "./open-command-run.ts";
import { type BaseRehearsal, rehearseBase, rehearseHead } from "./rehearse-steps.ts";
import { requireEnvironment } from "./require-environment.ts";
import { withRevision } from "./with-revision.ts";

export interface RehearseFlags extends RunFlags {
  readonly base?: string;
}

/** Rehearses a git revision and what the working tree changes of it, in a folder and a world of their own. */
export async function rehearseCommand(
  environments: readonly string[],
  flags: RehearseFlags,
  given: Context,
): Promise<ExitCode> {
  const project = openProject(given, flags.spec);
  const { platform } = await analyseProject(given, project);
  refuseNone(platform, environments);
  if (flags.base === undefined) for (const name of environments) requireEnvironment(platform.spec, name);
  const root = await makeWorkspace(project.root);
  const place = { root, spec: project.spec };
  const context = withAbsoluteMirror(given, project.root);
  const subject = environments.join(" ");
  const inWorkspace = { project: place, subject, asked: askedAs(environments, flags) };
  const request = { environments, flags: { ...flags, inWorkspace }, context };
  try {
    const base = await layAndRehearseBase(project, platform, request);
    if (base.code === EXIT.interrupted) return EXIT.interrupted;
    await lay(project.root, place, platform.spec.name);
    const { platform: head } = await compileInto(mutedContext(context), place);
    return await rehearseHead(head, base, request);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

function refuseNone({ spec }: Platform, environments: readonly string[]): void {
  if (environments.length === 0)
    throw new CommandError(
      "say which environment",
      `name one or more of ${[...spec.environments.keys()].map((name) => `'${name}'`).join(", ")}`,
      EXIT.usage,
    );
}

/** An environment that has left the spec is one of the revision alone. */
function refuseUnknown(
  { spec }: Platform,
  base: Platform | undefined,
  environments: readonly string[],
): void {
  for (const name of environments) if (!base?.spec.environments.has(name)) requireEnvironment(spec, name);
}

interface RehearseRequest {
  readonly environments: readonly string[];
  readonly flags: RehearseFlags & Required<Pick<RunFlags, "inWorkspace">>;
  readonly context: Context;
}

/** What of the base cannot be rehearsed is new to what comes on top: a change that mends it must not fail by it. */
async function layAndRehearseBase(
  project: Project,
  head: Platform,
  request: RehearseRequest,
): Promise<BaseRehearsal> {
  const { environments, flags, context } = request;
  const { name } = head.spec;
  const { base: revision, inWorkspace } = flags;
  if (revision === undefined) return nothing({ message: "rehearsed from nothing", hint: FROM_NOTHING });
  const commit = await withRevision(project, revision, async (sources) => {
    await layTree(inWorkspace.project.root, sources, isOfProject(name));
    return sources.commit;
  });
  const shown = revision === commit ? commit.slice(0, 12) : `${revision} (${commit.slice(0, 12)})`;
  context.stderr.write(`platc: rehearsing ${shown} first\n`);
  const unable = (error: unknown): BaseRehearsal => {
    if (!(error instanceof CommandError)) throw error;
    const message = `${shown} cannot be rehearsed, so everything is new: ${error.message}`;
    return nothing({ message, ...(error.hint !== undefined && { hint: error.hint }) });
  };
  const compiled = await compileInto(mutedContext(context), inWorkspace.project).catch(unable);
  const base = "platform" in compiled ? compiled.platform : undefined;
  refuseUnknown(head, base, environments);
  if (!("platform" in compiled)) return compiled;
  const asked = { ...request, context: mutedContext(context) };
  const rehearsed = await rehearseBase(compiled.platform, shown, asked).catch(unable);
  return { ...rehearsed, notes: [...rehearsed.notes, ...goneNotes(compiled.platform, head, request)] };
}

/** What is told of environments that the revision has and the working tree has not. */
function goneNotes(
  base: Platform,
  head: Platform,
  { environments, flags }: RehearseRequest,
): readonly Note[] {
  return goneEnvironments([base], head).map(({ name, stacks }) => {
    const counted = `${stacks} ${stacks === 1 ? "stack" : "stacks"}`;
    const message = `environment '${name}' has left the spec, with ${counted}`;
    return environments.includes(name)
      ? {
          message: `${message}: a merge destroys none of it, this rehearsal does`,
          hint: goneEnvironmentHint(name),
        }
      : { message, hint: `'platc rehearse ${name} --base ${flags.base ?? ""}' destroys it in a rehearsal` };
  });
}

const FROM_NOTHING = "--base REVISION shows what a change does to what is applied";

function nothing(note: Note): BaseRehearsal {
  return { code: EXIT.ok, addresses: [], notes: [note] };
}

async function lay(from: string, { root, spec }: FoundSpec, platform: string): Promise<void> {
  await layTree(root, projectAt({ root: from, spec }).sources, isOfProject(platform));
}

/** What compile writes is compiled anew: the base may be of another version of platc. */
function isOfProject(platform: string): (path: string) => boolean {
  return (path) => !path.startsWith(`out/${platform}/`);
}

async function compileInto(context: Context, place: FoundSpec): Promise<{ readonly platform: Platform }> {
  const { files, platform } = await compileProject(context, projectAt(place));
  await writeOutput(
    place.root,
    platform.spec.name,
    await compareOutput(place.root, platform.spec.name, files),
  );
  return { platform };
}

/** A mirror that is named from the project's root. */
function withAbsoluteMirror(context: Context, root: string): Context {
  const mirror = context.environment["PLATC_PROVIDER_MIRROR"];
  if (!mirror || mirror === "none") return context;
  return {
    ...context,
    environment: { ...context.environment, PLATC_PROVIDER_MIRROR: resolve(root, mirror) },
  };
}

function askedAs(environments: readonly string[], { base }: RehearseFlags): string {
  return [...environments, ...(base === undefined ? [] : ["--base", base])].join(" ");
}
