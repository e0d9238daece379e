import { quoteText } from "./quote-text.ts";
import type { PartialValue } from "./value.ts";

/** A value on one line; of what takes more only its kind. */
export function inlineValue(value: PartialValue): string {
  if (value.sensitive) return "(sensitive value)";
  switch (value.kind) {
    case "unknown":
      return "(known after apply)";
    case "number":
      return value.digits;
    case "scalar":
      return typeof value.value === "string" ? quoteText(value.value) : String(value.value);
    case "list":
      return value.items.length === 0 ? "[]" : "[…]";
    case "map":
      return value.entries.size === 0 ? "{}" : "{…}";
  }
}
