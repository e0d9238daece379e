import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { parseTerraformType } from "../modules/parse-type.ts";
import { child, type SpecNode } from "../spec/node.ts";
import type { VariableSpec } from "../spec/platform.ts";
import { isTemplate } from "../templates/parse-template.ts";
import type { Value } from "../templates/value.ts";
import type { SpecRule } from "./rule.ts";
import { valueMismatches } from "./value-mismatches.ts";

/** A variable has a type that Terraform knows, and a default that fits it and is no secret. */
export const typedVariables: SpecRule = ({ variables }) => [...variables.values()].flatMap(checkVariable);

function checkVariable({ name, node, range, ...variable }: VariableSpec): Diagnostic[] {
  const type = parseTerraformType(variable.type);
  if (!type) {
    const hint =
      "types are string, number, bool, list(...), set(...), map(...), object({ ... }), tuple([...]) and any";
    const message = `'${variable.type}' is no type of Terraform`;
    return [
      { code: "wrong-type", severity: "error", message, hint, range: child(node, "type")?.range ?? range },
    ];
  }
  const initial = child(node, "default");
  const keyRange = node.entries.get("default")?.keyRange;
  if (!initial || !keyRange) return [];
  if (variable.isSensitive && !isNull(initial)) {
    const hint = `leave it out, and give the value to each run as TF_VAR_${name}`;
    const message = `'${name}' is sensitive, and its default would be in clear in the spec and in out/`;
    return [{ code: "secret-in-clear", severity: "error", message, hint, range: initial.range }];
  }
  const templates = templatesIn(initial).map((one): Diagnostic => ({
    code: "template-not-allowed",
    severity: "error",
    message: `the default of a variable is taken as it is, without templates`,
    hint: "write the value out, or mark text that holds braces with !raw",
    range: one.range,
  }));
  const mismatches = valueMismatches(
    { type, nullable: true, required: false },
    { value: literalValue(initial), node: initial },
  );
  return [
    ...templates,
    ...mismatches.map(({ path, message, hint, range: at }): Diagnostic => {
      return {
        code: "wrong-type",
        severity: "error",
        message: `the default of '${name}'${path === "" ? "" : `, '${path.replace(/^\./, "")}',`} ${message}`,
        hint,
        range: at,
      };
    }),
  ];
}

function isNull(node: SpecNode): boolean {
  return node.kind === "scalar" && node.value === null;
}

function templatesIn(node: SpecNode): readonly SpecNode[] {
  if (node.kind === "list") return node.items.flatMap(templatesIn);
  if (node.kind === "map") return [...node.entries.values()].flatMap(({ value }) => templatesIn(value));
  return node.kind === "scalar" && typeof node.value === "string" && !node.isRaw && isTemplate(node.value)
    ? [node]
    : [];
}

function literalValue(node: SpecNode): Value {
  if (node.kind === "list") return node.items.map(literalValue);
  if (node.kind === "map")
    return new Map([...node.entries].map(([key, { value }]) => [key, literalValue(value)]));
  return node.kind === "scalar" ? node.value : null;
}
