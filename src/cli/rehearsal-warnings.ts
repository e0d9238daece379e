import { isRehearsalAsked, rehearsedEnvironments } from "../generate/github/rehearsed-environments.ts";
import type { Platform } from "../stacks/platform-model.ts";
import type { Note } from "../terraform/note.ts";
import type { ciWarnings } from "./ci-warnings.ts";

const NO_JOB = "and with 'ci: { github: { rehearse: false } }' this is not said again";

/** Why the workflow has no rehearsal, or has one that would fail, and how to mend it. */
export function rehearsalWarnings(
  platform: Platform,
  [first]: readonly Note[],
): ReturnType<typeof ciWarnings> {
  if (first === undefined || rehearsedEnvironments(platform).length === 0) return [];
  const hint = (first.hint ?? "").replace(/\.$/, "");
  return isRehearsalAsked(platform)
    ? [{ message: `the jobs that rehearse would fail without the provider: ${first.message}`, hint }]
    : [{ message: `pull requests are not rehearsed: ${first.message}`, hint: `${hint}; ${NO_JOB}` }];
}
