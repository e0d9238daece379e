import { defaultIdTemplate } from "./default-id-template.ts";
import type { TypeContext } from "./provider-engine.ts";

/** The template of a type's ids: the overlay's, else the provider's habit; undefined where ids come from all inputs. */
export function idTemplate(context: TypeContext): string | undefined {
  return context.overlay?.id ?? defaultIdTemplate(context);
}
