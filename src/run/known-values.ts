import { resolve } from "node:path";
import type { KnownOutput, KnownValues } from "../checks/resolve-settings.ts";
import { partialToJson } from "../plans/partial-json.ts";
import type { Json } from "../plans/json.ts";
import type { PartialValue } from "../plans/value.ts";
import type { RunContext } from "./run-context.ts";

/** What the templates of checks and steps read: outputs that are known, and the variables of the platform. */
export function knownValues(
  context: RunContext,
  self: ReadonlyMap<string, PartialValue>,
  outputs: (address: string, output: string) => PartialValue,
): KnownValues {
  const { variables } = context.platform.spec;
  return {
    self: new Map(
      [...self].flatMap(([name, value]) => {
        const known = knownOutput(value);
        return known ? [[name, known] as const] : [];
      }),
    ),
    outputs: (address, output) => knownOutput(outputs(address, output)),
    variables: new Map(
      [...variables.keys()].flatMap((name) => {
        const value = variableValue(context, name);
        return value === undefined ? [] : [[name, value] as const];
      }),
    ),
    sensitiveVariables: new Set(
      [...variables.values()].flatMap(({ name, isSensitive }) => (isSensitive ? [name] : [])),
    ),
    path: (path) => resolve(context.root, path),
  };
}

/** The value of a variable as it was given, or as the spec says it without. */
export function variableValue({ variable, platform }: RunContext, name: string): string | undefined {
  const given = variable(name);
  if (given !== undefined) return given;
  const node = platform.spec.variables.get(name)?.node.entries.get("default")?.value;
  return node?.kind === "scalar" && node.value !== null ? String(node.value) : undefined;
}

function knownOutput(value: PartialValue): KnownOutput | undefined {
  const json = partialToJson(value);
  return json === undefined ? undefined : { value: json as Json, sensitive: value.sensitive === true };
}
