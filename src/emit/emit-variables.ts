import { child, type SpecNode } from "../spec/node.ts";
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
      ...(initial && { default: literalNode(initial) }),
    });
  }
  return block(result);
}

/** What was written, with whole numbers exact. */
function literalNode(node: SpecNode): TerraformJson {
  if (node.kind === "list") return node.items.map(literalNode);
  if (node.kind === "map")
    return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, literalNode(value)]));
  if (node.kind === "unset") return null;
  return typeof node.value === "string" ? literal(node.value) : node.value;
}
