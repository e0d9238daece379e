import type { Json } from "../plans/json.ts";
import type { QualityReport } from "../quality/verdict.ts";
import type { CheckContext } from "./check-context.ts";
import type { Redact } from "./redact.ts";

/** The settings of a check with everything computed. */
export type CheckSettings = ReadonlyMap<string, Json>;

/** One try of a check. */
export interface CheckAttempt {
  readonly settings: CheckSettings;
  readonly context: CheckContext;
  /** Aborts when the time is up or the run is interrupted. */
  readonly signal: AbortSignal;
  /** 0: no limit. */
  readonly timeoutSeconds: number;
  /** For text that is cut before it is shown: half a secret is no longer found. */
  readonly redact: Redact;
}

/** What one try saw. `isFinal`: another try would see the same, such as a file that is not there. */
export type CheckOutcome =
  | { readonly status: "passed" | "skipped"; readonly message: string; readonly quality?: QualityReport }
  | {
      readonly status: "failed";
      readonly message: string;
      readonly details?: string;
      readonly isFinal?: true;
      readonly quality?: QualityReport;
    };

/** Tries a check of one kind once. What it sees is returned; it throws only where it could not look. */
export type CheckRunner = (attempt: CheckAttempt) => Promise<CheckOutcome>;

export function passed(message: string): CheckOutcome {
  return { status: "passed", message };
}

/** Details that are empty are left out. */
export function failed(message: string, details?: string): CheckOutcome {
  return { status: "failed", message, ...(details ? { details } : {}) };
}

/** What the time limit did, for the end of a sentence. */
export function withinLimit({ timeoutSeconds }: CheckAttempt): string {
  return `within ${timeoutSeconds} s`;
}
