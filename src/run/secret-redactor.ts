import type { PartialValue } from "../plans/value.ts";
import { secretTexts, SHORTEST_SECRET } from "./secret-texts.ts";

/**
 * Takes out of a text all that is sensitive anywhere in some values: as it stands, as JSON spells it, and as JSON in
 * JSON does.
 */
export function secretRedactor(values: readonly PartialValue[]): (text: string) => string {
  const spellings = new Set([...secretTexts(values)].flatMap(spellingsOf));
  const secrets = [...spellings]
    .filter((shown) => shown.length >= SHORTEST_SECRET)
    .sort((left, right) => right.length - left.length);
  return (text) => secrets.reduce((redacted, secret) => redacted.replaceAll(secret, "(sensitive)"), text);
}

function spellingsOf(secret: string): readonly string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, inJson, JSON.stringify(inJson).slice(1, -1)];
}
