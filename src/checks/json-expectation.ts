import { canonicalJson } from "../ledger/canonical-json.ts";
import { type Json, isJsonList, isJsonMap } from "../plans/json.ts";
import { cutLine } from "../plans/quote-text.ts";
import { jsonText } from "./json-text.ts";
import type { Redact } from "./redact.ts";

/** The first value, by dotted path, that is not as expected, as a clause; undefined where all are. */
export function findMismatch(
  actual: Json,
  expected: ReadonlyMap<string, Json>,
  redact: Redact,
): string | undefined {
  for (const [path, due] of expected) {
    const found = valueAt(actual, path.split("."));
    if (found === undefined) return `there is no '${path}'`;
    if (!isSameJson(found, due))
      return `'${path}' is ${shown(found, redact)}, and ${shown(due, redact)} was due`;
  }
  return undefined;
}

/** Equal as data: whatever the order of keys and the spelling of numbers. */
export function isSameJson(left: Json, right: Json): boolean {
  return canonicalJson(left) === canonicalJson(right);
}

/** JSON in a sentence. */
export function shown(json: Json, redact: Redact): string {
  return cutLine(redact(jsonText(json)));
}

/** A key may hold dots itself: of several readings, the first that leads somewhere. */
function valueAt(json: Json, steps: readonly string[]): Json | undefined {
  if (steps.length === 0) return json;
  if (isJsonList(json)) {
    const item = /^\d+$/.test(steps[0] ?? "") ? json[Number(steps[0])] : undefined;
    return item === undefined ? undefined : valueAt(item, steps.slice(1));
  }
  if (!isJsonMap(json)) return undefined;
  for (let length = 1; length <= steps.length; length++) {
    const item = json.get(steps.slice(0, length).join("."));
    const found = item === undefined ? undefined : valueAt(item, steps.slice(length));
    if (found !== undefined) return found;
  }
  return undefined;
}
