import { hclString } from "../plans/hcl-string.ts";
import { type Expression, isComputed, isList, isMap, type Value } from "../templates/value.ts";
import { byCodePoint } from "../text/compare.ts";
import {
  literal,
  text,
  template,
  expression as wrap,
  type TemplatePart,
  type TemplateText,
} from "./positions.ts";
import type { TerraformJson, TerraformObject } from "./terraform-json.ts";

/** How the things that only Terraform knows are spelt in one root module. */
export interface Spelling {
  /** The expression of one output of an upstream, `sensitive(...)` included. */
  readonly output: (address: string, output: string) => string;
  /** Where a file or folder beside the spec is, from the root module's folder. */
  readonly path: (path: string) => string;
}

/** A value in a template position. */
export function emitValue(value: Value, spelling: Spelling): TerraformJson {
  if (isComputed(value)) return emitComputed(value.parts, spelling);
  if (isMap(value)) return emitEntries(value, spelling);
  if (isList(value)) return value.map((item) => emitValue(item, spelling));
  return typeof value === "string" ? text(value) : value;
}

function emitEntries(map: ReadonlyMap<string, Value>, spelling: Spelling): TerraformObject {
  return Object.fromEntries([...map].map(([key, item]) => [text(key), emitValue(item, spelling)]));
}

function emitComputed(parts: readonly (string | Expression)[], spelling: Spelling): TemplateText {
  const [only] = parts;
  const isAlone =
    parts.length === 1 && only !== undefined && typeof only !== "string" && only.kind !== "path";
  return isAlone
    ? wrap(spellExpression(only, spelling))
    : template(parts.flatMap((part) => templateParts(part, spelling)));
}

function templateParts(part: string | Expression, spelling: Spelling): TemplatePart[] {
  if (typeof part === "string") return [{ kind: "text", text: part }];
  if (part.kind !== "path") return [{ kind: "expression", hcl: spellExpression(part, spelling) }];
  return [
    { kind: "expression", hcl: "path.module" },
    { kind: "text", text: `/${spelling.path(part.path)}` },
  ];
}

/** A value of `extra`: text is Terraform's own and not escaped, templates in it become expressions. */
export function emitRaw(value: Value, spelling: Spelling): TerraformJson {
  if (isComputed(value))
    return literal(
      value.parts
        .map((part) => (typeof part === "string" ? part : `\${${spellExpression(part, spelling)}}`))
        .join(""),
    );
  if (isMap(value))
    return Object.fromEntries([...value].map(([key, item]) => [key, emitRaw(item, spelling)]));
  if (isList(value)) return value.map((item) => emitRaw(item, spelling));
  return typeof value === "string" ? literal(value) : value;
}

/** A condition is Terraform's own expression; templates in it stand there as expressions. */
export function spellCondition(condition: Value, spelling: Spelling): string {
  if (!isComputed(condition)) return String(condition);
  return condition.parts
    .map((part) => (typeof part === "string" ? part : spellExpression(part, spelling)))
    .join("");
}

/** One expression in Terraform's own language. */
export function spellExpression(expression: Expression, spelling: Spelling): string {
  switch (expression.kind) {
    case "output": {
      const { instances, output, path } = expression;
      const traversal = path.map(spellStep).join("");
      if (instances.kind === "one") return spelling.output(instances.address, output) + traversal;
      const entries = [...instances.addressByKey].sort(([left], [right]) => byCodePoint(left, right));
      return `{ ${entries.map(([key, address]) => `${hclString(key)} = ${spelling.output(address, output)}${traversal}`).join(", ")} }`;
    }
    case "variable":
      return `var.${expression.name}`;
    case "path":
      return `"\${path.module}/${hclString(spelling.path(expression.path)).slice(1)}`;
    case "call":
      return `${expression.name}(${expression.arguments.map((argument) => spellValue(argument, spelling)).join(", ")})`;
    case "self":
      throw new TypeError("'self' stands in checks only");
  }
}

function spellValue(value: Value, spelling: Spelling): string {
  if (isComputed(value)) {
    const [only] = value.parts;
    if (value.parts.length === 1 && only !== undefined && typeof only !== "string")
      return spellExpression(only, spelling);
    return `join("", [${value.parts.map((part) => (typeof part === "string" ? hclString(part) : spellExpression(part, spelling))).join(", ")}])`;
  }
  if (isMap(value))
    return `{ ${[...value].map(([key, item]) => `${hclString(key)} = ${spellValue(item, spelling)}`).join(", ")} }`;
  if (isList(value)) return `[${value.map((item) => spellValue(item, spelling)).join(", ")}]`;
  return typeof value === "string" ? hclString(value) : String(value);
}

function spellStep(step: string): string {
  if (/^\d+$/.test(step)) return `[${step}]`;
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(step) ? `.${step}` : `[${hclString(step)}]`;
}
