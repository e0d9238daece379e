import { exampleValue } from "../modules/example-value.ts";
import type { ModuleInput } from "../modules/contract.ts";
import { renderTerraformType } from "../modules/render-type.ts";
import type { TerraformType } from "../modules/terraform-type.ts";
import { suggest } from "../diagnostics/suggest.ts";
import type { Range } from "../source/source.ts";
import type { SpecNode } from "../spec/node.ts";
import type { Placed } from "../stacks/stack.ts";
import { describeValue } from "../templates/functions.ts";
import { isComputed, isList, isMap, type Value } from "../templates/value.ts";

/** A part of a value that does not fit, at the smallest place that was written for it. */
export interface Mismatch {
  readonly path: string;
  readonly message: string;
  readonly hint: string;
  readonly range: Range;
}

/** What of a variable decides which values fit. */
export type Expected = Pick<ModuleInput, "type" | "nullable" | "required">;

/** Where a value does not fit a module's variable; what only Terraform knows always fits. */
export function valueMismatches(
  input: Expected,
  placed: Pick<Placed, "value" | "node">,
): readonly Mismatch[] {
  const { value, node } = placed;
  if (value === null)
    return input.nullable || !input.required ? [] : [mismatch(input.type, "null", node, "")];
  const found: Mismatch[] = [];
  walk(input.type, value, node, "", found);
  return found;
}

/** Within a value, null fits every type. */
function walk(type: TerraformType, value: Value, node: SpecNode, path: string, found: Mismatch[]): void {
  if (value === null) return;
  if (isComputed(value)) {
    const isText = value.parts.length > 1 || typeof value.parts[0] === "string";
    if (isText && !["string", "any"].includes(type.kind))
      found.push(mismatch(type, "text with a template in it", node, path));
    return;
  }
  switch (type.kind) {
    case "any":
      return;
    case "string":
    case "number":
    case "bool":
      if (!fitsScalar(type.kind, value)) found.push(mismatch(type, describeValue(value), node, path));
      return;
    case "list":
    case "set":
    case "tuple":
      walkItems(type, value, node, path, found);
      return;
    case "map":
      if (!isMap(value)) found.push(mismatch(type, describeValue(value), node, path));
      else for (const [key, item] of value) walk(type.element, item, at(node, key), `${path}.${key}`, found);
      return;
    case "object":
      walkObject(type, value, node, path, found);
  }
}

function walkItems(type: TerraformType, value: Value, node: SpecNode, path: string, found: Mismatch[]): void {
  if (!isList(value)) found.push(mismatch(type, describeValue(value), node, path));
  else if (type.kind === "tuple" && type.elements.length !== value.length)
    found.push(mismatch(type, `a list of ${value.length}`, node, path));
  else {
    for (const [index, item] of value.entries()) {
      walk(elementType(type, index), item, at(node, index), `${path}[${index}]`, found);
    }
  }
}

function elementType(type: TerraformType, index: number): TerraformType {
  if (type.kind === "tuple") return type.elements[index] ?? { kind: "any" };
  return "element" in type ? type.element : { kind: "any" };
}

function walkObject(
  type: Extract<TerraformType, { kind: "object" }>,
  value: Value,
  node: SpecNode,
  path: string,
  found: Mismatch[],
): void {
  if (!isMap(value)) {
    found.push(mismatch(type, describeValue(value), node, path));
    return;
  }
  for (const [key, item] of value) {
    const attribute = type.attributes.get(key);
    if (attribute) {
      walk(attribute.type, item, at(node, key), `${path}.${key}`, found);
      continue;
    }
    const near = suggest(key, [...type.attributes.keys()]);
    const keyRange = node.kind === "map" ? node.entries.get(key)?.keyRange : undefined;
    found.push({
      path,
      message: `has no attribute '${key}', and Terraform would drop it without a word`,
      hint: near
        ? `did you mean '${near}'?`
        : `its attributes are ${[...type.attributes.keys()].map((name) => `'${name}'`).join(", ")}`,
      range: keyRange ?? node.range,
    });
  }
  for (const [key, attribute] of type.attributes) {
    if (!attribute.optional && !value.has(key)) {
      found.push({
        path,
        message: `lacks the attribute '${key}'`,
        hint: `add '${key}', which is ${renderTerraformType(attribute.type)}`,
        range: node.range,
      });
    }
  }
}

/** Terraform converts between text, numbers and booleans where the text says one. */
function fitsScalar(kind: "string" | "number" | "bool", value: Value): boolean {
  if (value === null) return false;
  if (kind === "string") return ["string", "number", "bigint", "boolean"].includes(typeof value);
  if (kind === "number")
    return (
      typeof value === "number" ||
      typeof value === "bigint" ||
      (typeof value === "string" && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value))
    );
  return typeof value === "boolean" || value === "true" || value === "false";
}

function mismatch(type: TerraformType, is: string, node: SpecNode, path: string): Mismatch {
  return {
    path,
    message: `is ${is}`,
    hint: `it must be ${renderTerraformType(type)}${like(type)}`,
    range: node.range,
  };
}

const LONGEST_EXAMPLE = 80;

/** What a type of several values looks like in a spec, since its name is HCL. */
function like(type: TerraformType): string {
  if (["string", "number", "bool", "any"].includes(type.kind)) return "";
  const example = exampleValue(type);
  return example.length > LONGEST_EXAMPLE ? "" : `, such as ${example}`;
}

function at(node: SpecNode, step: string | number): SpecNode {
  if (node.kind === "map") return node.entries.get(String(step))?.value ?? node;
  return node.kind === "list" ? (node.items[Number(step)] ?? node) : node;
}
