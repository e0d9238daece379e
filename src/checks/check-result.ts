import type { QualityReport } from "../quality/verdict.ts";

/** How one smoke test went. */
export interface CheckResult {
  readonly name: string;
  readonly kind: string;
  readonly status: "passed" | "failed" | "skipped";
  /** What was seen, in one sentence: of a failure, what was expected too. Never a secret. */
  readonly message: string;
  /** More of what was seen, for a failure, such as the end of a log. */
  readonly details?: string;
  /** Of a check of data, every verdict. */
  readonly quality?: QualityReport;
  readonly attempts: number;
  readonly seconds: number;
  /** Whether what was tested did its work as the cloud does, or as a local stand-in of the emulator. */
  readonly ranAs: "cloud" | "emulator" | "local process";
}
