import type { Range } from "../source/source.ts";
import type { DiagnosticCode } from "./codes.ts";

/** A second place that a diagnostic speaks of, such as the other of two things that clash. */
export interface RelatedPlace {
  readonly message: string;
  readonly range: Range;
}

/**
 * One mistake or warning for people. `message` says what is wrong, with names in single quotes;
 * `hint` alone says how to mend it. Without a range it speaks of the platform as a whole.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly hint?: string;
  readonly range?: Range;
  readonly related?: readonly RelatedPlace[];
  /** The line that it points at holds a secret and is not shown. */
  readonly conceals?: true;
}
