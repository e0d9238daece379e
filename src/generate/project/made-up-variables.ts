import { child } from "../../spec/node.ts";
import type { PlatformSpec, VariableSpec } from "../../spec/platform.ts";

/** A variable that somebody has to give a value, with one that is good enough for a rehearsal. */
export interface MadeUpVariable {
  readonly name: string;
  readonly description: string | undefined;
  readonly isSensitive: boolean;
  /** As a shell takes it. */
  readonly value: string;
}

/** The variables of a platform that have no default. */
export function madeUpVariables({ variables }: PlatformSpec): readonly MadeUpVariable[] {
  return [...variables.values()]
    .filter(({ node }) => child(node, "default") === undefined)
    .map((variable) => ({
      name: variable.name,
      description: variable.description,
      isSensitive: variable.isSensitive,
      value: madeUp(variable),
    }));
}

function madeUp({ type }: VariableSpec): string {
  if (/^(?:map|object)\b/.test(type)) return `'{"made": "up"}'`;
  if (/^(?:list|set|tuple)\b/.test(type)) return `'["made-up"]'`;
  return { number: "1", bool: "true" }[type] ?? "made-up";
}
