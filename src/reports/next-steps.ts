import type { StackOutcome } from "../run/run-event.ts";
import type { CollectedRun } from "./collect-run.ts";
import { approveCommand } from "./words.ts";

/** What to do after a run: a sentence, and the command that does it. */
export interface NextStep {
  readonly text: string;
  readonly hint?: string;
}

/** What to do after a run, the most urgent first; nothing where all is done. */
export function nextSteps({ finished, stacks }: CollectedRun): readonly NextStep[] {
  if (!finished) return [];
  const spelt = (name: string): string => ["platc", name, finished.asked].filter(Boolean).join(" ");
  const command = spelt(finished.command) + (finished.isPruning ? " --prune" : "");
  const outcomes = stacks.flatMap(({ outcome }) => (outcome ? [outcome] : []));
  const has = (status: StackOutcome["status"]): boolean => outcomes.some((one) => one.status === status);
  const changesState =
    finished.command !== "plan" &&
    finished.command !== "drift" &&
    finished.command !== "test" &&
    finished.command !== "rehearse";
  const again = changesState ? `then \`${command}\` goes on from there` : `then run \`${command}\` again`;
  return [
    ...(has("failed") ? [{ text: `mend what failed, ${again}` }] : []),
    ...(!has("failed") && finished.checks.some(({ result }) => result.status === "failed")
      ? [{ text: `mend what the failed checks found, then \`${spelt("test")}\` runs them again` }]
      : []),
    ...(!has("failed") && finished.warnings?.some(({ isAssertion }) => isAssertion)
      ? [
          {
            text: "look at the assertions that failed: to Terraform they are warnings, and the exit code is 0",
          },
        ]
      : []),
    ...(has("interrupted") && !has("failed")
      ? [{ text: changesState ? `\`${command}\` goes on from there` : `run \`${command}\` again` }]
      : []),
    ...approvalSteps(outcomes, command),
    ...(hasDriftToMend({ finished, stacks })
      ? [
          {
            text: `\`${spelt("apply")} --refresh\` brings back what the spec says; what is to stay as it is now is written into the spec first`,
          },
        ]
      : []),
    ...(finished.command === "plan" && (has("planned") || has("deferred")) && !has("failed")
      ? [{ text: `\`${spelt("apply")}${withNeeded(stacks)}\` carries this out` }]
      : []),
    ...(finished.command === "plan" && !has("planned") && !has("deferred") && outcomes.some(hasOpenTests)
      ? [{ text: `\`${spelt("apply")}\` runs the tests that have not passed` }]
      : []),
  ];
}

const MOST_SELECTORS = 3;

/** What selects the upstreams that an apply cannot do without. */
function withNeeded(stacks: CollectedRun["stacks"]): string {
  const lacking = stacks.filter(({ outcome }) => needsOf(outcome).length > 0).map(({ address }) => address);
  if (lacking.length === 0) return "";
  const needed = [...new Set(stacks.flatMap(({ outcome }) => needsOf(outcome)))];
  const names = lacking.length <= needed.length || needed.length > MOST_SELECTORS ? lacking : needed;
  return ` --select ${names.map((name) => shellWord(`...${name}`)).join(" ")}`;
}

function shellWord(word: string): string {
  return /[^\w./:,-]/.test(word) ? `'${word}'` : word;
}

function needsOf(outcome: StackOutcome | undefined): readonly string[] {
  return (outcome?.status === "planned" || outcome?.status === "deferred") && outcome.needs
    ? outcome.needs
    : [];
}

function hasOpenTests(outcome: StackOutcome): boolean {
  return "tests" in outcome && outcome.tests !== undefined;
}

/** What has left the spec is not brought back, but destroyed. */
function hasDriftToMend({ finished, stacks }: Pick<CollectedRun, "finished" | "stacks">): boolean {
  return stacks.some(
    ({ address, outcome }) => outcome?.status === "drifted" && !finished?.orphans.includes(address),
  );
}

function approvalSteps(outcomes: readonly StackOutcome[], command: string): readonly NextStep[] {
  const approvals = new Set(
    outcomes.flatMap((outcome) => (outcome.status === "waiting" ? [approveCommand(outcome)] : [])),
  );
  return [...approvals].map((hint) => ({ text: `approve what waits, then \`${command}\` goes on`, hint }));
}
