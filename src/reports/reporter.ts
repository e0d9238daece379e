import type { RunEvent } from "../run/run-event.ts";

/** Takes what a run tells and shows it somewhere. */
export interface Reporter {
  tell(event: RunEvent): void;
  /** Writes what is still to be written and gives back what was taken, such as the cursor. A second call does nothing. */
  close(): void;
}

/** Replaces what is secret in a text. */
export type Redact = (text: string) => string;
