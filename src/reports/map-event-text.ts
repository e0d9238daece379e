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
]);

/** The same event with every text in it changed, in keys of maps and values of outputs too. */
export function mapEventText(event: RunEvent, map: (text: string) => string): RunEvent {
  return mapValue(event, map, OUR_WORDS) as RunEvent;
}

const NONE: ReadonlySet<string> = new Set();

function mapValue(value: unknown, map: (text: string) => string, kept: ReadonlySet<string>): unknown {
  if (typeof value === "string") return map(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => mapValue(item, map, kept));
  if (value instanceof Map) {
    return new Map([...value].map(([key, entry]) => [mapValue(key, map, kept), mapValue(entry, map, kept)]));
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => {
      if (kept === NONE) return [map(key), mapValue(entry, map, NONE)];
      if (kept.has(key) && typeof entry === "string") return [key, entry];
      // Below the outputs of a stack keys are the user's own, so none of them is a word of ours.
      return [key, mapValue(entry, map, key === "outputs" ? NONE : kept)];
    }),
  );
}
