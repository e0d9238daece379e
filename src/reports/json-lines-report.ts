import type { RunEvent } from "../run/run-event.ts";
import { mapEventText } from "./map-event-text.ts";
import type { Redact, Reporter } from "./reporter.ts";

export interface JsonLinesReportOptions {
  readonly write: (text: string) => void;
  readonly redact?: Redact;
  readonly now?: () => Date;
}

/** Every event as one line of JSON: a public format, described in the README of this folder. */
export function jsonLinesReport(options: JsonLinesReportOptions): Reporter {
  const { write, redact = (text) => text, now = () => new Date() } = options;
  return {
    tell(event) {
      const { kind, ...rest }: RunEvent = mapEventText(event, redact);
      const line = { version: 1, time: now().toISOString(), kind, ...rest };
      write(`${JSON.stringify(line, plainJson)}\n`);
    },
    close() {},
  };
}

function plainJson(_key: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  return typeof value === "bigint" ? String(value) : value;
}
