import type { PartialValue } from "./value.ts";

/** Where something holds in a value, in its shape: true for all of it; entries that hold nothing are left out. */
export type JsonMarks = boolean | readonly JsonMarks[] | { readonly [key: string]: JsonMarks };

/**
 * What of a value is unknown, or sensitive, as `after_unknown` and `after_sensitive` of `terraform show -json` say it.
 * Nothing is said of the inside of what is sensitive.
 */
export function marksToJson(
  value: PartialValue,
  mark: "unknown" | "sensitive",
  redact: (text: string) => string,
): JsonMarks {
  if (mark === "unknown" ? value.kind === "unknown" : value.sensitive) return true;
  if (value.sensitive) return false;
  if (value.kind === "list") {
    const items = value.items.map((item) => marksToJson(item, mark, redact));
    return items.some(holdsAny) ? items : [];
  }
  if (value.kind !== "map") return false;
  return Object.fromEntries(
    [...value.entries]
      .map(([key, entry]) => [redact(key), marksToJson(entry, mark, redact)] as const)
      .filter(([, marks]) => holdsAny(marks)),
  );
}

function holdsAny(marks: JsonMarks): boolean {
  return typeof marks === "boolean" ? marks : Object.keys(marks).length > 0;
}
