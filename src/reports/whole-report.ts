import { type CollectedRun, createRunCollector } from "./collect-run.ts";
import { mapEventText } from "./map-event-text.ts";
import type { Redact, Reporter } from "./reporter.ts";

export interface WholeReportOptions {
  /** Whether what only an apply makes known is told attribute by attribute. */
  readonly isFull?: boolean;
  /** Takes the whole document when the report is closed; it is not called where nothing was told. */
  readonly write: (text: string) => void;
  readonly redact?: Redact;
}

/** A report that is written in one piece, once, when it is closed: even where the run ended before it was finished. */
export function wholeReport(options: WholeReportOptions, render: (run: CollectedRun) => string): Reporter {
  const { write, redact = (text) => text } = options;
  const collector = createRunCollector();
  let isDue = false;
  return {
    tell(event) {
      isDue = true;
      collector.take(mapEventText(event, redact));
    },
    close() {
      if (!isDue) return;
      isDue = false;
      write(render(collector.collected()));
    },
  };
}
