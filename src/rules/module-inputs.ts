import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { ModuleContract, ModuleInput } from "../modules/contract.ts";
import type { ModuleCall, Placed, Stack } from "../stacks/stack.ts";
import { didYouMean } from "./did-you-mean.ts";
import { failedValidations } from "./failed-validations.ts";
import type { PlatformRule } from "./rule.ts";
import { takenFromVars } from "./taken-from-vars.ts";
import { valueMismatches } from "./value-mismatches.ts";

/** Inputs of a module call are those that the module declares, all required ones are set, and each is one it takes. */
export const moduleInputs: PlatformRule = ({ stacks, contracts }) =>
  stacks.flatMap((stack) =>
    stack.modules.flatMap((call) => {
      const contract = contracts.get(call.source);
      return contract ? [...checkInputs(call, contract), ...missingInputs(stack, call, contract)] : [];
    }),
  );

function checkInputs(call: ModuleCall, contract: ModuleContract): Diagnostic[] {
  return [...call.inputs].flatMap(([name, placed]) => {
    const declared = contract.inputs.get(name);
    return declared ? checkValue(call, declared, placed) : [unknownInput(call, name, placed, contract)];
  });
}

function unknownInput(
  call: ModuleCall,
  name: string,
  { keyRange }: Placed,
  { inputs }: ModuleContract,
): Diagnostic {
  return {
    code: "unknown-input",
    severity: "error",
    message: `module '${call.source}' has no input '${name}'`,
    hint: didYouMean(name, [...inputs.keys()], "its inputs are", "it has no inputs at all"),
    range: keyRange,
  };
}

function checkValue(call: ModuleCall, declared: ModuleInput, placed: Placed): Diagnostic[] {
  const mismatches = valueMismatches(declared, placed);
  if (mismatches.length === 0) return failedValidations(call, declared, placed);
  return mismatches.map(({ path, message, hint, range }) => ({
    code: "wrong-input-type",
    severity: "error",
    message: `'${declared.name}${path}' of module '${call.source}' ${message}`,
    hint,
    range,
    ...takenFromVars(placed, call),
  }));
}

/** One that is only misspelt is told as that. */
function missingInputs(stack: Stack, call: ModuleCall, { inputs }: ModuleContract): Diagnostic[] {
  const missing = [...inputs.values()].filter(({ name, required }) => required && !call.inputs.has(name));
  if (missing.length === 0) return [];
  const unknown = [...call.inputs.keys()].filter((name) => !inputs.has(name));
  const misspelt = new Set(unknown.map((name) => suggest(name, inputs.keys())));
  return missing
    .filter(({ name }) => !misspelt.has(name))
    .map((input) => ({
      code: "missing-input",
      severity: "error",
      message: `module '${call.source}' needs '${input.name}', and stack '${stack.name}' does not set it`,
      hint: `add '${input.name}' under 'inputs'${input.description === undefined ? "" : `: ${input.description}`}`,
      range: call.sourceRange,
    }));
}
