import type { CtyType } from "../provider/provider-schema.ts";
import type { ValuePath } from "../provider/value.ts";

/** A path as the protocol has it; it ends where the protocol cannot follow: at a set, or in a dynamic value. */
export function encodePath(type: CtyType, path: ValuePath): { readonly steps: readonly object[] } {
  const steps: object[] = [];
  let at: CtyType | undefined = type;
  for (const step of path) {
    if (at === undefined || typeof at === "string" || typeof step === "object") break;
    const next = stepInto(at, step);
    if (next === undefined) break;
    steps.push(next.message);
    at = next.type;
  }
  return { steps };
}

function stepInto(
  type: Exclude<CtyType, string>,
  step: string | number,
): { readonly message: object; readonly type: CtyType | undefined } | undefined {
  switch (type[0]) {
    case "object":
      return { message: { attribute_name: String(step) }, type: type[1][step] };
    case "map":
      return { message: { element_key_string: String(step) }, type: type[1] };
    case "list":
      return { message: { element_key_int: Number(step) }, type: type[1] };
    case "tuple":
      return { message: { element_key_int: Number(step) }, type: type[1][Number(step)] };
    case "set":
      return undefined;
  }
}
