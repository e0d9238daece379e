import type { RunEvent, StackProgress, StackStarted, StackStep } from "../run/run-event.ts";
import { plainPaint } from "../text/paint.ts";
import { createEventLines, type LineOptions } from "./event-lines.ts";
import type { Reporter } from "./reporter.ts";
import { createRunningResources, type RunningResources } from "./running-resources.ts";
import { duration } from "./words.ts";

export interface PlainReportOptions extends LineOptions {
  readonly write: (text: string) => void;
}

/** For pipes and CI: one line for each thing that happens, and nothing that moves a cursor. */
export function plainReport(options: PlainReportOptions): Reporter {
  const { paint = plainPaint, write } = options;
  const lines = createEventLines(options);
  const running = createRunningResources();
  const toldUntil = new Map<string, number>();
  return {
    tell(told) {
      const event = lines.clean(told);
      running.take(event);
      const progress = progressLines(event, running, toldUntil).map((line) => paint(line, "dim"));
      const all = [...progress, ...lines.linesFor(event)];
      if (all.length > 0) write(`${all.join("\n")}\n`);
    },
    close() {},
  };
}

const STEP: Readonly<Record<StackStep, string | undefined>> = {
  init: "initialising",
  plan: "planning",
  show: undefined,
  apply: "applying",
  destroy: "destroying",
  step: "run steps",
  check: "checking",
};

function progressLines(
  event: RunEvent,
  running: RunningResources,
  toldUntil: Map<string, number>,
): readonly string[] {
  if (event.kind === "stack-started") return stepLines(event);
  if (event.kind !== "stack-progress") return [];
  switch (event.event.kind) {
    case "apply_start":
    case "apply_complete":
    case "apply_errored":
    case "provision_start":
    case "provision_progress":
    case "provision_complete":
    case "provision_errored":
      return [`${event.address}: ${event.event.message.trimEnd().replace(/\n/g, "\n  ")}`];
    case "apply_progress":
      return stillLines(event, running, toldUntil);
    default:
      return [];
  }
}

function stepLines({ address, step }: StackStarted): readonly string[] {
  const word = STEP[step];
  return word === undefined ? [] : [`${address}: ${word}`];
}

const SILENCE_SECONDS = 30;

/** Says that a stack goes on, every 30 seconds of the resource that it has been at for longest. */
function stillLines(
  { address, step, event }: StackProgress,
  running: RunningResources,
  toldUntil: Map<string, number>,
): readonly string[] {
  if (event.kind !== "apply_progress") return [];
  const { address: resource } = event.resource;
  const all = running.of(address);
  if (all[0] !== resource) return [];
  const key = `${address}\n${resource}`;
  const periods = Math.floor((event.elapsedSeconds ?? 0) / SILENCE_SECONDS);
  if (periods <= (toldUntil.get(key) ?? 0)) return [];
  toldUntil.set(key, periods);
  const others = all.length === 1 ? "" : ` and ${all.length - 1} more`;
  const word = STEP[step] ?? step;
  return [`${address}: still ${word} ${resource}${others} ... ${duration(periods * SILENCE_SECONDS)}`];
}
