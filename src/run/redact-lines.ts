import type { PlanLine } from "../plans/plan-line.ts";

/** Lines of a plan or of drift with their texts redacted. */
export function redactLines(
  lines: readonly PlanLine[],
  redact: (text: string) => string,
): readonly PlanLine[] {
  return lines.map((line) => ({ ...line, text: redact(line.text) }));
}
