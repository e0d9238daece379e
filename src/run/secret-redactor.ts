import type { PartialValue } from "../plans/value.ts";
import { secretTexts, SHORTEST_SECRET } from "./secret-texts.ts";

/** Takes out of a text all that is sensitive anywhere in some values. */
export function secretRedactor(values: readonly PartialValue[]): (text: string) => string {
  const secrets = [...secretTexts(values)]
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    .filter((shown) => shown.length >= SHORTEST_SECRET)
    .sort((left, right) => right.length - left.length);
  return (text) => secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "(sensitive)"), text);
}
