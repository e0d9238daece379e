import type { RunEvent } from "../run/run-event.ts";
import { plainPaint, type Paint } from "../text/paint.ts";
import { harmless } from "../text/terminal-text.ts";
import { createRunWarnings } from "../run/run-warnings.ts";
import { createRunCollector } from "./collect-run.ts";
import { mapEventText } from "./map-event-text.ts";
import { renderEvent } from "./render-event.ts";
import { renderSummary } from "./render-summary.ts";
import type { Redact } from "./reporter.ts";

/** What the reports for people's eyes have in common. */
export interface LineOptions {
  readonly paint?: Paint;
  /** The stage of a stack, for the header of its plan. */
  readonly stageOf?: (address: string) => string | undefined;
  /** Whether to say why each stack runs. */
  readonly why?: boolean;
  /** Whether a plan that changes many objects is told as counts. */
  readonly isShort?: boolean;
  /** Whether what only an apply makes known is told attribute by attribute. */
  readonly isFull?: boolean;
  readonly redact?: Redact;
  /** How wide a line of the summary's table may be; by default as wide as it is. */
  readonly columns?: () => number;
}

export interface EventLines {
  /** The event without secrets and without anything that could steer a terminal. */
  clean(event: RunEvent): RunEvent;
  /** The lines that stay for a clean event; each may hold line breaks. */
  linesFor(event: RunEvent): readonly string[];
}

/** Renders the events of one run, each warning and failure once per stack, and the summary at the end. */
export function createEventLines(options: LineOptions): EventLines {
  const {
    paint = plainPaint,
    redact = (text) => text,
    stageOf = () => undefined,
    why = false,
    isShort = false,
    isFull = false,
  } = options;
  const cleanText = (text: string): string => harmless(redact(text));
  const collector = createRunCollector();
  const warnings = createRunWarnings();
  const told = new Set<string>();
  const isNews = (event: RunEvent): boolean => {
    const key = keyOf(event);
    if (key === undefined) return true;
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
  };
  const failedAssertions = (address: string): number =>
    warnings.all().filter((one) => one.address === address && one.isAssertion).length;
  return {
    clean: (event) => mapEventText(event, cleanText),
    linesFor(event) {
      collector.take(event);
      warnings.take(event);
      if (event.kind === "run-finished")
        return renderSummary(collector.collected(), paint, options.columns?.());
      return isNews(event)
        ? renderEvent(event, {
            paint,
            why,
            isShort,
            isFull,
            stageOf: cleanStage(stageOf, cleanText),
            failedAssertions,
          })
        : [];
    },
  };
}

/** What is told but once: a warning of Terraform's, and how it ended for a stack that failed when it was planned. */
function keyOf(event: RunEvent): string | undefined {
  if (event.kind === "stack-progress" && event.event.kind === "diagnostic") {
    const { summary, detail, address = "" } = event.event.diagnostic;
    return JSON.stringify([event.address, summary, detail, address]);
  }
  if (event.kind !== "stack-finished") return undefined;
  const { status } = event.outcome;
  return status === "failed" || status === "blocked" || status === "deferred"
    ? JSON.stringify([event.address, event.outcome])
    : undefined;
}

function cleanStage(
  stageOf: (address: string) => string | undefined,
  cleanText: (text: string) => string,
): (address: string) => string | undefined {
  return (address) => {
    const stage = stageOf(address);
    return stage === undefined ? undefined : cleanText(stage);
  };
}
