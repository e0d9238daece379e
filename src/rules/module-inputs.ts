import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { ModuleContract } from "../modules/contract.ts";
import type { ModuleCall, Stack } from "../stacks/stack.ts";
import type { PlatformRule } from "./rule.ts";
import { valueMismatches } from "./value-mismatches.ts";

/** Inputs of a module call are those that the module declares, all required ones are set, and each fits its type. */
export const moduleInputs: PlatformRule = ({ stacks, contracts }) =>
  stacks.flatMap((stack) =>
    stack.modules.flatMap((call) => {
      const contract = contracts.get(call.source);
      return contract ? checkCall(stack, call, contract) : [];
    }),
  );

function checkCall(stack: Stack, call: ModuleCall, contract: ModuleContract): Diagnostic[] {
  const found: Diagnostic[] = [];
  const known = [...contract.inputs.keys()];
  for (const [name, input] of call.inputs) {
    const declared = contract.inputs.get(name);
    if (!declared) {
      const near = suggest(name, known);
      found.push({
        code: "unknown-input",
        severity: "error",
        message: `module '${call.source}' has no input '${name}'`,
        hint: near
          ? `did you mean '${near}'?`
          : `its inputs are ${known.map((one) => `'${one}'`).join(", ")}`,
        range: input.keyRange,
      });
      continue;
    }
    for (const mismatch of valueMismatches(declared, input)) {
      found.push({
        code: "wrong-input-type",
        severity: "error",
        range: mismatch.range,
        message: `'${name}${mismatch.path}' of module '${call.source}' ${mismatch.message}`,
        hint: mismatch.hint,
      });
    }
  }
  const missing = [...contract.inputs.values()].filter(
    (input) => input.required && !call.inputs.has(input.name),
  );
  for (const input of missing) {
    found.push({
      code: "missing-input",
      severity: "error",
      message: `module '${call.source}' needs '${input.name}', and '${stack.address}' does not set it`,
      hint: `add it under 'inputs'${input.description ? `: ${input.description}` : ""}`,
      range: call.sourceRange,
    });
  }
  return found;
}
