import { valueAt } from "./value-at.ts";
import type { TypeContext } from "./provider-engine.ts";
import type { Value } from "./value.ts";

/**
 * A setting by its name in capitals, such as `REGION`: what the provider's configuration says (`region`), else what
 * the overlay does; null where neither does.
 */
export function settingOf(context: TypeContext, name: string): Value {
  const configured = valueAt(context.settings, name.toLowerCase());
  return configured !== null && configured !== "" ? configured : valueAt(context.settings, name);
}
