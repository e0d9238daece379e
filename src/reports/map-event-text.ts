import type { RunEvent } from "../run/run-event.ts";

/** Keys whose values are words of our own, which decide what an event is. */
const OUR_WORDS: ReadonlySet<string> = new Set([
  "kind",
  "status",
  "step",
  "command",
  "target",
  "tone",
  "ranAs",
  "severity",
  "flavour",
  "operation",
  "action",
  "actions",
  "mode",
]);

/** Below these keys are the user's own, so none of them is a word of ours. */
const USERS_OWN: ReadonlySet<string> = new Set([
  "outputs",
  "before",
  "after",
  "after_unknown",
  "before_sensitive",
  "after_sensitive",
  "importing",
]);

/** The same event with every text in it changed, in keys of maps and values of outputs too. */
export function mapEventText(event: RunEvent, map: (text: string) => string): RunEvent {
  return mapValue(event, map, OUR_WORDS) as RunEvent;
}

const NONE: ReadonlySet<string> = new Set();

function mapValue(value: unknown, map: (text: string) => string, kept: ReadonlySet<string>): unknown {
  if (typeof value === "string") return map(value);
  if (typeof value === "number" && kept === NONE) return mapNumber(value, map);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => mapValue(item, map, kept));
  if (value instanceof Map) {
    return new Map([...value].map(([key, entry]) => [mapValue(key, map, kept), mapValue(entry, map, kept)]));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      if (kept === NONE) return [map(key), mapValue(entry, map, NONE)];
      if (kept.has(key) && (typeof entry === "string" || key === "actions")) return [key, entry];
      return [key, mapValue(entry, map, USERS_OWN.has(key) ? NONE : kept)];
    }),
  );
}

/** A number stays one, but where its digits are to be shown otherwise. */
function mapNumber(value: number, map: (text: string) => string): number | string {
  const digits = String(value);
  const shown = map(digits);
  return shown === digits ? value : shown;
}
