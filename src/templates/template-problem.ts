import type { DiagnosticCode } from "../diagnostics/codes.ts";
import type { TemplateCall } from "./template.ts";

/** Thrown where one template cannot be evaluated; the evaluator turns it into a diagnostic at the call that is to blame. */
export class TemplateProblem extends Error {
  constructor(
    readonly code: DiagnosticCode,
    message: string,
    readonly hint?: string,
    readonly call?: TemplateCall,
  ) {
    super(message);
  }
}
