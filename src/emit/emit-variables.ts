import { child } from "../spec/node.ts";
import { plain } from "../spec/plain.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import type { Stack } from "../stacks/stack.ts";
import { bare, literal } from "./positions.ts";
import { block, present, type TerraformJson, type TerraformObject } from "./terraform-json.ts";

/** The input variables that a stack reads. */
export function emitVariables(stack: Stack, spec: PlatformSpec): TerraformObject {
  const result: Record<string, TerraformJson> = {};
  for (const name of stack.variables) {
    const variable = spec.variables.get(name);
    if (!variable) continue;
    const initial = child(variable.node, "default");
    result[name] = present({
      type: bare(variable.type),
      description: variable.description === undefined ? undefined : literal(variable.description),
      sensitive: variable.isSensitive || undefined,
      ...(initial && { default: literalJson(plain(initial)) }),
    });
  }
  return block(result);
}

function literalJson(value: unknown): TerraformJson {
  if (typeof value === "string") return literal(value);
  if (Array.isArray(value)) return value.map(literalJson);
  if (typeof value !== "object" || value === null) return value as TerraformJson;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literalJson(item)]));
}
