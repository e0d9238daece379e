import type { RelatedPlace } from "../diagnostics/diagnostic.ts";
import type { ModuleCall, Placed } from "../stacks/stack.ts";

/** For an input that is an entry of `vars`: the module that takes it, since the entry itself names none. */
export function takenFromVars(
  { takenBy }: Placed,
  { source }: ModuleCall,
): { readonly related?: readonly RelatedPlace[] } {
  return takenBy
    ? { related: [{ message: `module '${source}' takes it by 'inputs_from: vars'`, range: takenBy }] }
    : {};
}
