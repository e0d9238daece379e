import type { RunFinished, StackOutcome } from "../run/run-event.ts";

export type RunExitCode = 0 | 1 | 2 | 3 | 130;

/**
 * How a command ends: 130 where it was interrupted, 1 where a stack or a check failed, 3 where a stack waits for
 * an approval, 2 where there are changes or drift and the user asked for `-detailed-exitcode`. What is blocked counts as
 * what blocks it.
 */
export function exitCode(
  finished: Pick<RunFinished, "outcomes" | "checks">,
  options: { readonly detailedExitcode?: boolean } = {},
): RunExitCode {
  const outcomes = [...finished.outcomes.values()].map((outcome) => culpritOf(outcome, finished.outcomes));
  const has = (...statuses: readonly StackOutcome["status"][]): boolean =>
    outcomes.some(({ status }) => statuses.includes(status));
  if (has("interrupted")) return 130;
  if (has("failed", "blocked") || finished.checks.some(({ result }) => result.status === "failed")) return 1;
  if (has("waiting")) return 3;
  return options.detailedExitcode && has("planned", "deferred", "drifted") ? 2 : 0;
}

function culpritOf(outcome: StackOutcome, outcomes: ReadonlyMap<string, StackOutcome>): StackOutcome {
  const seen = new Set<StackOutcome>();
  let culprit = outcome;
  while (culprit.status === "blocked" && !seen.has(culprit)) {
    seen.add(culprit);
    culprit = outcomes.get(culprit.by) ?? culprit;
  }
  return culprit;
}
