import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { child } from "../spec/node.ts";
import type { Stack } from "../stacks/stack.ts";
import { misplaced } from "./keys-with-effect.ts";
import type { PlatformRule } from "./rule.ts";

const CONTENTS = ["module", "modules", "resources", "data", "outputs", "extra", "steps"];
const OF_A_MODULE = ["inputs", "inputs_from"];

/** A stack holds something, and inputs stand beside the module that takes them. */
export const filledStacks: PlatformRule = ({ stacks }) =>
  stacks.flatMap((stack) => [...withoutModule(stack), ...empty(stack)]);

function withoutModule({ definition, name }: Stack): Diagnostic[] {
  if (child(definition, "module")) return [];
  const hint = child(definition, "modules")
    ? "write it at the call under 'modules' that takes them"
    : "name the module that takes them by 'module'";
  return misplaced(
    definition,
    OF_A_MODULE,
    (key) => `'${key}' has no effect: stack '${name}' has no 'module'`,
    hint,
  );
}

function empty({ definition, spec }: Stack): Diagnostic[] {
  if ([...CONTENTS, ...OF_A_MODULE].some((key) => child(definition, key))) return [];
  return [
    {
      code: "missing-key",
      severity: "error",
      message: `stack '${spec.name}' holds nothing`,
      hint: "name what it is made of: 'module', 'modules', 'resources', 'data' or 'steps'",
      range: spec.range,
    },
  ];
}
