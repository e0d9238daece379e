import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ModuleInput } from "../modules/contract.ts";
import type { ModuleCall, Placed } from "../stacks/stack.ts";

/** What a module's own validations refuse, as far as they can be evaluated without Terraform. */
export function failedValidations(_call: ModuleCall, _input: ModuleInput, _placed: Placed): Diagnostic[] {
  return [];
}
