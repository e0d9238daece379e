import type { CheckResult } from "../checks/check-result.ts";
import type {
  Finding,
  RunAnnounced,
  RunEvent,
  StackDrift,
  StackFinished,
  StackPlanned,
  StackReasons,
  StackUnproven,
  StepFinished,
  StepResult,
} from "../run/run-event.ts";
import type { TerraformDiagnostic } from "../terraform/events.ts";
import type { Paint, Style } from "../text/paint.ts";
import { foldLater } from "../plans/fold-later.ts";
import { paintPlanLine } from "./paint-plan-line.ts";
import {
  apartSentence,
  blockedPhrase,
  approveCommand,
  COMMAND_WORD,
  count,
  donePhrase,
  driftPhrase,
  duration,
  failedMessage,
  interruptedPhrase,
  needsPhrase,
  openTestsPhrase,
  overlayNote,
  placeLines,
  plannedStepPhrase,
  planPhrase,
  RAN_AS,
  STATUS_MARK,
  STEP_MARK,
  stepPhrase,
  unprovenLines,
} from "./words.ts";

export interface RenderOptions {
  readonly paint: Paint;
  /** The stage of a stack, for the header of its plan. */
  readonly stageOf: (address: string) => string | undefined;
  /** Whether to say why each stack runs. */
  readonly why: boolean;
  /** Whether a plan that changes many objects is told as counts. */
  readonly isShort: boolean;
  /** Whether what only an apply makes known is told attribute by attribute. */
  readonly isFull: boolean;
  /** How many of Terraform's own assertions do not hold for a stack. */
  readonly failedAssertions: (address: string) => number;
}

/** The lines that stay on a terminal or in a log for one event; none for the end of a run, which has a summary. */
export function renderEvent(event: RunEvent, options: RenderOptions): readonly string[] {
  switch (event.kind) {
    case "run-announced":
      return renderAnnouncement(event, options.paint);
    case "stack-reasons":
      return options.why ? renderReasons(event, options.paint) : [];
    case "stack-planned":
      return renderPlanned(event, options);
    case "stack-unproven":
      return renderUnproven(event, options.paint);
    case "stack-drift":
      return renderDrift(event, options);
    case "stack-finished":
      return renderFinished(event, options);
    case "step-finished":
      return renderStep(event, options.paint);
    case "check-finished":
      return renderCheck(event.address, event.result, options.paint);
    case "note":
      return [
        `${options.paint("note", "bold", "blue")}: ${indented(event.message)}`,
        ...renderHint(event.hint, options.paint),
      ];
    case "stack-progress":
      return event.event.kind === "diagnostic" && event.event.diagnostic.severity === "warning"
        ? renderWarning(event.address, event.event.diagnostic, options.paint)
        : [];
    case "stack-started":
    case "run-finished":
      return [];
  }
}

function renderAnnouncement(event: RunAnnounced, paint: Paint): readonly string[] {
  const where = event.target === "cloud" ? "" : ` against the ${event.target}`;
  const title = `${COMMAND_WORD[event.command]} of ${event.platform}${where}`;
  const facts =
    event.command === "drift"
      ? [count(event.stacks.length, "stack"), `${event.toPlan} to compare with what is there`]
      : [count(event.stacks.length, "stack"), `${event.upToDate.length} up to date`, ...planCounts(event)];
  return [`${paint(title, "bold")}: ${facts.join(", ")}`];
}

/** A stack that is stale by what it reads alone may be left alone when that has been planned. */
function planCounts({ toPlan, undecided = 0 }: RunAnnounced): readonly string[] {
  const sure = toPlan - undecided;
  if (undecided === 0) return [`${toPlan} to plan`];
  if (sure === 0) return [`up to ${toPlan} to plan, depending on what they read`];
  return [
    `${sure} to plan`,
    `${undecided} more depending on what ${undecided === 1 ? "it reads" : "they read"}`,
  ];
}

function renderReasons({ address, reasons }: StackReasons, paint: Paint): readonly string[] {
  if (reasons.length === 0) return [];
  return [
    `${paint(address, "bold")} runs because`,
    ...reasons.map((reason) => `  - ${indented(reason, "    ")}`),
  ];
}

function renderPlanned(
  event: StackPlanned,
  { paint, stageOf, isShort, isFull }: RenderOptions,
): readonly string[] {
  const stage = stageOf(event.address);
  const header = [
    paint(event.address, "bold"),
    ...(stage === undefined ? [] : [paint(`(stage ${stage})`, "dim")]),
    `plan: ${planPhrase(event)}`,
  ].join("  ");
  const overlay = overlayNote(event);
  const short = isShort ? event.short : undefined;
  const lines = short ?? (isFull ? event.lines : foldLater(event.lines));
  return [
    header,
    ...(overlay === undefined ? [] : [`  ${paint("note", "bold", "blue")}: ${overlay}`]),
    ...lines.map((line) => (line.text === "" ? "" : `  ${paintPlanLine(line, paint)}`)),
    ...(short === undefined
      ? []
      : renderHint("--full shows every change here; --markdown FILE and --html FILE write them", paint)),
    ...(event.steps ?? []).map((step) => `  ${plannedStepPhrase(step)}`),
    ...event.findings.flatMap((finding) => renderFinding(finding, paint)),
    ...(event.lines.length === 0 && event.findings.length === 0 && !event.steps ? [] : [""]),
  ];
}

function renderDrift(event: StackDrift, { paint, isFull }: RenderOptions): readonly string[] {
  const apart = apartSentence(event);
  const written = (lines: StackDrift["lines"]): readonly string[] =>
    lines.map((line) => (line.text === "" ? "" : `  ${paintPlanLine(line, paint)}`));
  return [
    `${paint(event.address, "bold")}  drift: ${driftPhrase(event)}`,
    ...written(event.lines),
    ...(apart === undefined ? [] : [paint(`  ${apart}`, "dim")]),
    ...(isFull ? written(event.apartLines) : []),
    ...event.findings.flatMap((finding) => renderFinding(finding, paint)),
    "",
  ];
}

function renderUnproven(event: StackUnproven, paint: Paint): readonly string[] {
  const [first, ...values] = unprovenLines(event);
  if (first === undefined) return [];
  return [`${paint(event.address, "bold")}  ${first}`, ...values.map((value) => `    ${value}`)];
}

function renderFinding({ message, hint }: Finding, paint: Paint): readonly string[] {
  return [
    `  ${paint("warning", "bold", "yellow")}: ${indented(message, "    ")}`,
    ...renderHint(hint, paint, "    "),
  ];
}

function renderFinished(event: StackFinished, { paint, failedAssertions }: RenderOptions): readonly string[] {
  const { address, outcome } = event;
  const took = paint(` (${duration(event.seconds)})`, "dim");
  const line = (mark: string, style: Style, text: string, end = ""): string =>
    `${paint(mark, style)} ${paint(address, "bold")}  ${indented(text)}${end}`;
  switch (outcome.status) {
    case "planned":
      return outcome.needs ? [line("!", "yellow", needsPhrase(outcome) ?? "")] : [];
    case "up-to-date":
      return outcome.tests === undefined
        ? []
        : [line("!", "yellow", `up to date; ${openTestsPhrase(outcome)}`)];
    case "unchanged":
      return outcome.tests === undefined
        ? [line("✓", "green", "no changes", took)]
        : [line("!", "yellow", `no changes; ${openTestsPhrase(outcome)}`, took)];
    case "applied": {
      const failed = failedAssertions(address);
      const text = `applied: ${donePhrase(outcome)}`;
      return failed === 0
        ? [line("✓", "green", text, took)]
        : [line("!", "yellow", `${text}; ${count(failed, "assertion")} failed`, took)];
    }
    case "destroyed":
      return [line("✓", "green", `destroyed: ${count(outcome.destroyed, "resource")}`, took)];
    case "nothing-to-destroy":
      return [line("-", "dim", "nothing to destroy: it is not applied")];
    case "declined":
      return [line("-", "yellow", "declined: it stays as it is")];
    case "tested":
      return [line("✓", "green", "tested", took)];
    case "no-checks":
      return [line("-", "dim", "no checks")];
    case "no-drift":
      return [line("✓", "green", "no drift", took)];
    case "drifted":
      return [];
    case "not-applied":
      return [line("-", "dim", "not applied")];
    case "deferred":
      return [
        line("-", "yellow", `deferred: ${outcome.reason}`),
        ...(outcome.needs ? [`  ${needsPhrase(outcome)}`] : []),
      ];
    case "blocked":
      return [line("-", "yellow", blockedPhrase(outcome))];
    case "interrupted":
      return [line("!", "yellow", interruptedPhrase(outcome), took)];
    case "waiting":
      return [
        line("?", "yellow", `waits for an approval: ${outcome.reason}`),
        ...renderHint(approveCommand(outcome), paint),
      ];
    case "failed":
      return [
        line("✗", "red", `${paint("failed", "bold", "red")}: ${failedMessage(outcome)}`, took),
        ...renderPlace(outcome, paint),
        ...renderHint(outcome.hint, paint),
        ...outcome.details.flatMap((detail) => [
          `  ${paint("error", "bold", "red")}: ${indented(failedMessage(detail), "    ")}`,
          ...renderPlace(detail, paint, "    "),
          ...renderHint(detail.hint, paint, "    "),
        ]),
      ];
  }
}

const CHECK_STYLE: Readonly<Record<CheckResult["status"], Style>> = {
  passed: "green",
  failed: "red",
  skipped: "yellow",
};

function renderCheck(address: string, result: CheckResult, paint: Paint): readonly string[] {
  const remarks = [
    ...(result.status === "skipped" ? ["skipped"] : []),
    ...(result.attempts > 1 ? [`${result.attempts} attempts`] : []),
    ...(result.status === "skipped" ? [] : [duration(result.seconds)]),
    ...(result.ranAs === "cloud" || result.status === "skipped" ? [] : [RAN_AS[result.ranAs]]),
  ];
  const mark = paint(STATUS_MARK[result.status], CHECK_STYLE[result.status]);
  const end = paint(` (${remarks.join(", ")})`, "dim");
  return [
    `${mark} ${paint(address, "bold")}  check ${result.name}: ${indented(result.message)}${end}`,
    ...(result.details === undefined || result.status !== "failed"
      ? []
      : result.details
          .replace(/\n+$/, "")
          .split("\n")
          .map((text) => paint(`    ${text}`.trimEnd(), "dim"))),
  ];
}

const STEP_STYLE: Readonly<Record<StepResult["status"], Style>> = {
  done: "green",
  failed: "red",
  skipped: "yellow",
  blocked: "yellow",
};

function renderStep({ address, result }: StepFinished, paint: Paint): readonly string[] {
  const took = paint(` (${duration(result.seconds)})`, "dim");
  return [
    `${paint(STEP_MARK[result.status], STEP_STYLE[result.status])} ${paint(address, "bold")}  ${indented(stepPhrase(result))}${took}`,
    ...renderHint(result.status === "failed" ? result.hint : undefined, paint),
    ...(result.details === undefined
      ? []
      : result.details.split("\n").map((text) => paint(`    ${text}`.trimEnd(), "dim"))),
  ];
}

function renderWarning(address: string, diagnostic: TerraformDiagnostic, paint: Paint): readonly string[] {
  const { summary, detail, place } = diagnostic;
  const resource = diagnostic.address ?? place?.block;
  const where = resource === undefined ? address : `${address}: ${resource}`;
  return [
    `${paint("warning", "bold", "yellow")}: ${where}: ${indented(summary)}`,
    ...(place ? renderPlace({ place }, paint) : []),
    ...(detail === "" ? [] : [paint(`  ${indented(detail)}`, "dim")]),
  ];
}

function renderPlace(finding: Pick<Finding, "place">, paint: Paint, indent = "  "): readonly string[] {
  return placeLines(finding).map((text) => paint(`${indent}${indented(text, `${indent}  `)}`, "dim"));
}

/** The line of a hint; none where there is none. */
export function renderHint(hint: string | undefined, paint: Paint, indent = "  "): readonly string[] {
  if (hint === undefined || hint === "") return [];
  return [`${indent}${paint("hint", "bold", "cyan")}: ${indented(hint, `${indent}  `)}`];
}

function indented(text: string, indent = "  "): string {
  return text.replace(/\n+$/, "").replace(/\n/g, `\n${indent}`);
}
