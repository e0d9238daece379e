import { driftPlatform, driftSubjects } from "../run/drift-platform.ts";
import type { DriftSubject } from "../run/drift-subject.ts";
import { findOrphans, type Orphan } from "../run/find-orphans.ts";
import { holdsObjects } from "../run/holds-objects.ts";
import { otherTarget } from "../run/other-target.ts";
import { nameInSpec } from "../stacks/rehearsed-platform.ts";
import type { Context } from "./context.ts";
import type { ExitCode } from "./exit-codes.ts";
import { meansApplied } from "./means-applied.ts";
import type { CommandRun, RunFlags } from "./open-command-run.ts";
import { refuseOtherTarget } from "./refuse-other-target.ts";
import { runCommand } from "./run-command.ts";

export interface DriftFlags extends RunFlags {
  readonly detailedExitcode?: boolean;
  readonly strict?: boolean;
}

/** Compares what is applied with what is there, all at once, and tells the difference. */
export async function driftCommand(
  where: readonly string[],
  flags: DriftFlags,
  context: Context,
): Promise<ExitCode> {
  return runCommand("drift", where, flags, context, async (opened) => {
    const { context: run, selection, report } = opened;
    const orphans = await chosenOrphans(opened, [...where, ...(flags.select ?? [])]);
    const subjects = withoutThoseElsewhere(opened, await driftSubjects(run, selection, orphans));
    refuseOtherTarget(run, new Map(subjects.map((subject) => [subject.address, subject] as const)));
    report.tell({
      kind: "run-announced",
      runId: run.runId,
      command: "drift",
      platform: nameInSpec(run.platform.spec.name),
      target: run.target.kind,
      stacks: subjects.map(({ address }) => address),
      upToDate: [],
      toPlan: subjects.filter(({ state }) => holdsObjects(state)).length,
      orphans: orphans.map(({ address }) => address),
    });
    return {
      outcomes: await driftPlatform(run, subjects, { isStrict: flags.strict === true }),
      orphans: orphans.map(({ address }) => address),
    };
  });
}

/** What has left the spec and is selected by its address, its folder, its environment or its name. */
async function chosenOrphans(
  { context, selection }: CommandRun,
  selectors: readonly string[],
): Promise<readonly Orphan[]> {
  const terms = selectors.flatMap((selector) => selector.split(",")).map((term) => term.trim());
  const orphans = await findOrphans(context, selection);
  return orphans.filter(({ entry: { entry } }) => {
    const isMeant = (term: string): boolean => meansApplied(term.replace(/^!/, ""), entry);
    const [left, chosen] = [terms.filter(isLeftOut), terms.filter((term) => !isLeftOut(term))];
    return (chosen.length === 0 || chosen.some(isMeant)) && !left.some(isMeant);
  });
}

function isLeftOut(term: string): boolean {
  return term.startsWith("!");
}

/** An orphan that exists on another target alone is nothing to compare with here; a stack of the spec is refused. */
function withoutThoseElsewhere(
  { context, report }: CommandRun,
  subjects: readonly DriftSubject[],
): readonly DriftSubject[] {
  return subjects.filter((subject) => {
    const other = context.platform.stackByAddress.has(subject.address)
      ? undefined
      : otherTarget(context, subject);
    if (!other?.isBound) return true;
    report.tell({
      kind: "note",
      message: `'${subject.address}' has left the spec and was applied on another target (${other.kind}): it was not looked at`,
      hint: `'--target ${other.kind}' looks there`,
    });
    return false;
  });
}
