import { compile, hasErrors } from "../compile.ts";
import { affectedStacks, type AffectedStack, type ComparedProject } from "../generate/affected-stacks.ts";
import type { Context } from "./context.ts";
import { compileOptions, compileProject, type Project } from "./load-platform.ts";
import { withRevision } from "./with-revision.ts";

/** What differs between a git revision and the working tree. A base that does not compile makes everything differ, with a note. */
export async function affectedSince(
  context: Context,
  project: Project,
  revision: string,
): Promise<readonly AffectedStack[]> {
  const { base, head } = await comparedWith(context, project, revision);
  return affectedStacks(base, head);
}

/** A git revision and the working tree, both compiled; a base that does not compile is undefined. */
export async function comparedWith(
  context: Context,
  project: Project,
  revision: string,
): Promise<{ readonly base: ComparedProject | undefined; readonly head: ComparedProject }> {
  const base = await compileAt(context, project, revision);
  return { base, head: await compileProject(context, project) };
}

/** Addresses that `affected` selects: all that differ or depend on what differs, and are still there. */
export async function affectedAddresses(
  context: Context,
  project: Project,
  revision: string,
): Promise<ReadonlySet<string>> {
  const affected = await affectedSince(context, project, revision);
  return new Set(affected.filter((one) => one.kind !== "removed").map((one) => one.address));
}

async function compileAt(
  context: Context,
  project: Project,
  revision: string,
): Promise<ComparedProject | undefined> {
  const compiled = await withRevision(project, revision, (sources) =>
    compile(sources, compileOptions(project)),
  );
  const { platform, manifest, diagnostics } = compiled;
  if (platform && !hasErrors(diagnostics)) return { platform, manifest };
  context.stderr.write(`platc: the spec of '${revision}' does not compile, so every stack counts as added\n`);
  return undefined;
}
