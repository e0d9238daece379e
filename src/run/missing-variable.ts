import type { Failure } from "./failed-outcome.ts";
import type { RunContext } from "./run-context.ts";

/** What is at fault where one of a stack's variables has neither a value nor a default; undefined where none is. */
export function missingVariable(
  { variable, platform }: RunContext,
  names: readonly string[],
): Failure | undefined {
  const hasDefault = (name: string): boolean =>
    platform.spec.variables.get(name)?.node.entries.has("default") ?? false;
  const missing = names.find((name) => variable(name) === undefined && !hasDefault(name));
  if (missing === undefined) return undefined;
  return {
    message: `the variable '${missing}' has no value`,
    hint: `give it as TF_VAR_${missing} in the environment`,
    details: [],
  };
}
