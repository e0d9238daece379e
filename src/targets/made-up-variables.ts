import { parseTerraformType } from "../modules/parse-type.ts";
import type { TerraformType } from "../modules/terraform-type.ts";
import { child } from "../spec/node.ts";
import type { PlatformSpec, VariableSpec } from "../spec/platform.ts";
import type { Environment } from "../terraform/child-environment.ts";

/**
 * `TF_VAR_` settings for a rehearsal: no secret has to be at hand, and one that is at hand is not used, since what is
 * rehearsed lies on the disk in the clear. A variable with a default keeps it, one that is given and no secret its value.
 */
export function madeUpVariables(
  spec: PlatformSpec,
  environment: Environment,
): Readonly<Record<string, string>> {
  const needed = [...spec.variables.values()].filter((variable) => needsValue(variable, environment));
  return Object.fromEntries(
    needed.map((variable) => [
      `TF_VAR_${variable.name}`,
      spelled(parseTerraformType(variable.type) ?? { kind: "any" }, variable.name),
    ]),
  );
}

function needsValue({ name, isSensitive, node }: VariableSpec, environment: Environment): boolean {
  if (isSensitive) return true;
  return environment[`TF_VAR_${name}`] === undefined && child(node, "default") === undefined;
}

/** As Terraform reads a variable from the environment: texts bare, all else as an expression. */
function spelled(type: TerraformType, name: string): string {
  const value = madeUp(type, name);
  return typeof value === "string" ? value : JSON.stringify(value);
}

function madeUp(type: TerraformType, name: string): unknown {
  switch (type.kind) {
    case "string":
    case "any":
      return `rehearsal-${name.replaceAll("_", "-")}`;
    case "number":
      return 1;
    case "bool":
      return false;
    case "list":
    case "set":
      return [madeUp(type.element, name)];
    case "map":
      return {};
    case "tuple":
      return type.elements.map((element) => madeUp(element, name));
    case "object":
      return Object.fromEntries(
        [...type.attributes]
          .filter(([, attribute]) => !attribute.optional)
          .map(([key, attribute]) => [key, madeUp(attribute.type, key)]),
      );
  }
}
