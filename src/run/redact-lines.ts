import type { PlanLine } from "../plans/plan-line.ts";
import type { PartialValue } from "../plans/value.ts";
import { secretTexts, SHORTEST_SECRET } from "./secret-texts.ts";

/** Lines in which nothing is shown that is sensitive anywhere in these values. */
export function redactLines(
  lines: readonly PlanLine[],
  values: readonly PartialValue[],
): readonly PlanLine[] {
  const secrets = [...secretTexts(values)]
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    .filter((shown) => shown.length >= SHORTEST_SECRET)
    .sort((left, right) => right.length - left.length);
  if (secrets.length === 0) return lines;
  const redact = (text: string): string =>
    secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "(sensitive)"), text);
  return lines.map((line) => ({ ...line, text: redact(line.text) }));
}
