import type { PlanLine } from "../plans/plan-line.ts";
import type { PartialValue } from "../plans/value.ts";
import { secretRedactor } from "./secret-redactor.ts";

/** Lines in which nothing is shown that is sensitive anywhere in these values. */
export function redactLines(
  lines: readonly PlanLine[],
  values: readonly PartialValue[],
): readonly PlanLine[] {
  const redact = secretRedactor(values);
  return lines.map((line) => ({ ...line, text: redact(line.text) }));
}
