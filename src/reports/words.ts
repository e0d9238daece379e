import type { CheckResult } from "../checks/check-result.ts";
import type { PlanSummary } from "../plans/summarise-plan.ts";
import type {
  RunAnnounced,
  BlockedOutcome,
  Finding,
  StackDrift,
  StackOutcome,
  StackPlanned,
  StackUnproven,
  StackWarning,
  StepResult,
} from "../run/run-event.ts";
import type { DiagnosticPlace } from "../terraform/events.ts";
import type { PlannedStep } from "../run/planned-step.ts";

/** `1 stack`, `2 stacks`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `0.4 s`, `12 s`, `2 min 5 s`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return `${Math.floor(whole / 60)} min${whole % 60 === 0 ? "" : ` ${whole % 60} s`}`;
}

const KEYS = ["add", "change", "replace", "destroy", "import", "move", "forget"] as const;

const DONE: Readonly<Record<keyof PlanSummary, string>> = {
  add: "added",
  change: "changed",
  replace: "replaced",
  destroy: "destroyed",
  import: "imported",
  move: "moved",
  forget: "forgotten",
};

/** `5 to add, 1 to change`; empty where nothing is counted. */
export function countsToDo(summary: PlanSummary): string {
  return countsOf(summary, (key) => `to ${key}`);
}

/** `5 added, 1 changed`; empty where nothing is counted. */
export function countsDone(summary: PlanSummary): string {
  return countsOf(summary, (key) => DONE[key]);
}

function countsOf(summary: PlanSummary, word: (key: keyof PlanSummary) => string): string {
  return KEYS.filter((key) => summary[key] > 0)
    .map((key) => `${summary[key]} ${word(key)}`)
    .join(", ");
}

export const NO_COUNTS: PlanSummary = {
  add: 0,
  change: 0,
  replace: 0,
  destroy: 0,
  import: 0,
  forget: 0,
  move: 0,
};

export function addCounts(left: PlanSummary, right: PlanSummary): PlanSummary {
  return Object.fromEntries(KEYS.map((key) => [key, left[key] + right[key]])) as unknown as PlanSummary;
}

/** What a plan comes to, in a phrase. */
export function planPhrase({
  summary,
  lines,
  steps = [],
}: Pick<StackPlanned, "summary" | "lines" | "steps">): string {
  const toRun = steps.length === 0 ? "" : `${count(steps.length, "step")} to run`;
  const changes = countsToDo(summary) || (lines.length === 0 ? "" : "only outputs change");
  return [changes, toRun].filter((text) => text !== "").join(", ") || "no changes";
}

/** What was found changed in a stack, in a phrase. */
export function driftPhrase({ resources }: Pick<StackDrift, "resources">): string {
  const gone = resources.filter(({ status }) => status === "gone").length;
  return driftCounts({ changed: resources.length - gone, gone }) || "none";
}

/** `2 changed, 1 gone`; empty where nothing is counted. */
export function driftCounts({ changed, gone }: { readonly changed: number; readonly gone: number }): string {
  return [...(changed === 0 ? [] : [`${changed} changed`]), ...(gone === 0 ? [] : [`${gone} gone`])].join(
    ", ",
  );
}

/** What has changed as well and is not counted, in a sentence with every name; undefined where nothing is. */
export function apartSentence({ apart }: Pick<StackDrift, "apart">): string | undefined {
  if (apart.length === 0) return undefined;
  const names = apart.map(({ resource, attributes }) => `${resource} (${attributes.join(", ")})`);
  return `not counted, since an apply leaves it as it is: ${names.join("; ")}`;
}

/** What an apply came to, in a phrase. */
export function donePhrase({ summary, steps = 0 }: Extract<StackOutcome, { status: "applied" }>): string {
  const ran = steps === 0 ? "" : `${count(steps, "step")} run`;
  return [countsDone(summary), ran].filter((text) => text !== "").join(", ") || "only outputs changed";
}

/** That it was interrupted, and what was done until then. */
export function interruptedPhrase({ summary }: Extract<StackOutcome, { status: "interrupted" }>): string {
  const done = summary ? countsDone(summary) : "";
  return done === "" ? "interrupted" : `interrupted: ${done}`;
}

/** A step that is going to run, or may have to, and why. */
export function plannedStepPhrase({ name, kind, reasons, files }: PlannedStep): string {
  const what = files.length === 0 ? "" : `: ${files.join(", ")}`;
  return `step ${name} (${kind})${what}; ${reasons.join("; ")}`;
}

/** How a step went. */
export function stepPhrase({ name, status, message }: StepResult): string {
  return `step ${name}${status === "done" || status === "failed" ? "" : ` ${status}`}: ${message}`;
}

export const STEP_MARK: Readonly<Record<StepResult["status"], string>> = {
  done: "✓",
  failed: "✗",
  skipped: "-",
  blocked: "-",
};

/** The sentence that qualifies a plan made before its upstreams were applied; undefined where nothing does. */
export function overlayNote({ overlaidBy }: Pick<StackPlanned, "overlaidBy">): string | undefined {
  if (overlaidBy.length === 0) return undefined;
  return `planned against planned outputs of ${overlaidBy.join(", ")}: will be planned again and compared at its turn`;
}

/** What was not proven before, a line for each value; the first says where the rest was. */
export function unprovenLines({ by, values }: Pick<StackUnproven, "by" | "values">): readonly string[] {
  if (by === undefined) return ["not proven before: it is in no environment before this one"];
  if (values.length === 0) return [];
  return [
    `not proven in ${by}:`,
    ...values.map(({ path, value, proven, origin, place }) => {
      const was = proven === undefined ? "" : `, there ${proven}`;
      return `${path} = ${value}${was}  (${[place, origin].filter(Boolean).join("  ")})`;
    }),
  ];
}

/** A few words for how it ended; `unfinished` where a run ended without saying. */
export function outcomeWord(outcome: StackOutcome | undefined): string {
  return outcome === undefined ? "unfinished" : outcome.status.replaceAll("-", " ");
}

/** `blocked by dev/alerts`, and that the order of stages is why where nothing else is. */
export function blockedPhrase({ by, isByStage }: BlockedOutcome): string {
  return `blocked by ${by}${isByStage ? ", whose stage comes first" : ""}`;
}

/** What there is to say of an outcome beside its word, on one line; empty where there is nothing. */
export function outcomeRemark(outcome: StackOutcome | undefined): string {
  switch (outcome?.status) {
    case "failed":
      return firstLine(failedMessage(outcome));
    case "blocked":
      return blockedPhrase(outcome).slice("blocked ".length);
    case "deferred":
      return firstLine([outcome.reason, needsPhrase(outcome)].filter(Boolean).join("; "));
    case "planned":
      return needsPhrase(outcome) ?? "";
    case "waiting":
      return firstLine(outcome.reason);
    case "drifted":
    case "no-drift":
      return apartRemark(outcome);
    case "up-to-date":
    case "unchanged":
      return openTestsPhrase(outcome) ?? "";
    default:
      return "";
  }
}

function apartRemark({ apart = 0 }: Extract<StackOutcome, { status: "drifted" | "no-drift" }>): string {
  return apart === 0 ? "" : `${count(apart, "object")} changed in what an apply leaves as it is`;
}

/** `2 assertions failed, 1 warning`; empty where Terraform warned of nothing. */
export function warningsPhrase(warnings: readonly StackWarning[]): string {
  const failed = warnings.filter(({ isAssertion }) => isAssertion).length;
  const others = warnings.length - failed;
  return [
    ...(failed === 0 ? [] : [`${count(failed, "assertion")} failed`]),
    ...(others === 0 ? [] : [count(others, "warning")]),
  ].join(", ");
}

/** A warning of Terraform, where it lies and what it says, a line each. */
export function warningLines(warning: StackWarning): readonly string[] {
  return [
    failedMessage(warning),
    ...placeLines(warning),
    ...(warning.hint === "" ? [] : warning.hint.split("\n")),
  ];
}

/** What an apply has yet to test of a stack that it would not change; undefined where that is nothing. */
export function openTestsPhrase({
  tests,
}: Extract<StackOutcome, { status: "up-to-date" | "unchanged" }>): string | undefined {
  if (tests === undefined) return undefined;
  return tests === "failed"
    ? "its tests failed: an apply runs them again"
    : "its tests have not been run on what is applied: an apply runs them";
}

/** What there is to say of a stack beside its outcome's word, on one line. */
export function stackRemark(outcome: StackOutcome | undefined, warnings: readonly StackWarning[]): string {
  return [outcomeRemark(outcome), warningsPhrase(warnings)].filter((text) => text !== "").join("; ");
}

/** That an apply of what was selected refuses a stack; undefined where it does not. */
export function needsPhrase(outcome: StackOutcome | undefined): string | undefined {
  const needs = outcome?.status === "planned" || outcome?.status === "deferred" ? outcome.needs : undefined;
  if (!needs) return undefined;
  const are = needs.length === 1 ? "is" : "are";
  return `an apply refuses it: ${needs.map((one) => `'${one}'`).join(", ")}, which it reads, ${are} not applied as now defined, and not selected`;
}

/** The command that approves what a stack waits for. */
export function approveCommand({
  approval,
  target,
}: Pick<Extract<StackOutcome, { status: "waiting" }>, "approval" | "target">): string {
  return `platc approve ${approval}${target === undefined ? "" : ` --target ${target}`}`;
}

/** What went wrong, behind the address of the resource that it befell, where it is not named anyway. */
export function failedMessage({ message, resource }: Pick<Finding, "message" | "resource">): string {
  return resource === undefined || message.includes(resource) ? message : `${resource}: ${message}`;
}

/** `at modules/aws/vpc/main.tf:3: cidr_block = var.cidr`; a compiled line tells which line of the spec it comes from. */
export function placePhrase({ file, line, spec, code }: DiagnosticPlace): string {
  const from = spec === undefined ? "" : `, from ${spec}`;
  return `at ${file}:${line}${from}${code === undefined ? "" : `: ${code}`}`;
}

/** A line for the place of a failure or a finding; none where it is not known. */
export function placeLines({ place }: Pick<Finding, "place">): readonly string[] {
  return place ? [placePhrase(place)] : [];
}

/** What happened, or would happen, to the objects of a stack; undefined where nothing was carried out or seen. */
export function outcomeCounts(outcome: StackOutcome | undefined): PlanSummary | undefined {
  switch (outcome?.status) {
    case "planned":
    case "applied":
      return outcome.summary;
    case "failed":
    case "interrupted":
      return outcome.summary;
    case "destroyed":
      return { ...NO_COUNTS, destroy: outcome.destroyed };
    case "drifted":
      return { ...NO_COUNTS, change: outcome.changed, destroy: outcome.gone };
    default:
      return undefined;
  }
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

/** In whose place what was tested did its work. */
export const RAN_AS: Readonly<Record<CheckResult["ranAs"], string>> = {
  cloud: "the cloud's own way",
  emulator: "by the emulator",
  "local process": "as a local process for the emulator",
};

export const STATUS_MARK: Readonly<Record<CheckResult["status"], string>> = {
  passed: "✓",
  failed: "✗",
  skipped: "-",
};

/** What a command does, as the first words of a sentence. */
export const COMMAND_WORD: Readonly<Record<RunAnnounced["command"], string>> = {
  plan: "Plan",
  apply: "Apply",
  promote: "Promotion",
  destroy: "Destroy",
  test: "Test",
  rehearse: "Rehearsal",
  bootstrap: "Bootstrap",
  drift: "Drift",
};

const MOST_NAMES = 6;

/** The first names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return more > 0 ? `${names.slice(0, MOST_NAMES).join(", ")} and ${more} more` : names.join(", ");
}
