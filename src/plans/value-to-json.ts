import { toPlainJson } from "./to-plain-json.ts";
import type { PartialValue } from "./value.ts";

export const HIDDEN = "(sensitive value)";

/**
 * What is known of a value, as `terraform show -json` spells it: what is unknown is left out of objects, null in
 * lists, and undefined where it is all. What is sensitive is one text, whatever it is; `redact` sees every other text,
 * keys and digits too.
 */
export function valueToJson(value: PartialValue, redact: (text: string) => string): unknown {
  if (value.kind === "unknown") return undefined;
  if (value.sensitive) return HIDDEN;
  switch (value.kind) {
    case "scalar":
      return typeof value.value === "string" ? redact(value.value) : value.value;
    case "number": {
      const shown = redact(value.digits);
      return shown === value.digits ? toPlainJson({ digits: shown }) : shown;
    }
    case "list":
      return value.items.map((item) => valueToJson(item, redact) ?? null);
    case "map":
      return Object.fromEntries(
        [...value.entries].flatMap(([key, entry]) => {
          const json = valueToJson(entry, redact);
          return json === undefined ? [] : [[redact(key), json] as const];
        }),
      );
  }
}
