import type { HclBlock, HclFailure, ParsedHcl } from "../modules/parsed-hcl.ts";
import { isJsonObject, type Json, type JsonObject } from "../text/json.ts";

const LABELS: Readonly<Record<string, readonly string[]>> = {
  variable: ["name"],
  output: ["name"],
  module: ["name"],
  provider: ["name"],
  check: ["name"],
  resource: ["type", "name"],
  data: ["type", "name"],
  ephemeral: ["type", "name"],
  action: ["type", "name"],
  list: ["type", "name"],
};

/** One list of top-level blocks from the nested objects and arrays that hcl2json and Terraform JSON write. */
export function hclBlocks(root: Json, syntax: ParsedHcl["syntax"]): ParsedHcl {
  const blocks: HclBlock[] = [];
  const failures: HclFailure[] = [];
  const collect = (type: string, labels: readonly string[], value: Json): void => {
    const names = LABELS[type] ?? [];
    const isBody = labels.length === names.length;
    // In HCL the body of a labelled block is always an array and a label never, so a misplaced one shows a wrong count.
    const isMiscounted = syntax === "hcl" && names.length > 0 && isBody !== Array.isArray(value);
    if (isMiscounted) failures.push({ message: labelMessage(type, labels, names) });
    else if (!Array.isArray(value) && !isJsonObject(value))
      failures.push({ message: objectMessage(type, labels) });
    else if (isBody)
      for (const body of objects(value)) blocks.push({ type, labels, body: withoutComment(body, syntax) });
    else
      for (const byLabel of objects(value))
        for (const [label, inner] of Object.entries(byLabel)) collect(type, [...labels, label], inner);
  };
  for (const file of objects(root)) {
    for (const [type, value] of Object.entries(withoutComment(file, syntax))) collect(type, [], value);
  }
  if (!isJsonObject(root) && !Array.isArray(root))
    failures.push({ message: "The file must hold a JSON object" });
  return { syntax, blocks, failures };
}

function objects(value: Json): readonly JsonObject[] {
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).filter(isJsonObject);
}

function withoutComment(body: JsonObject, syntax: ParsedHcl["syntax"]): JsonObject {
  if (syntax === "hcl" || !("//" in body)) return body;
  return Object.fromEntries(Object.entries(body).filter(([key]) => key !== "//"));
}

function labelMessage(type: string, labels: readonly string[], names: readonly string[]): string {
  const place = labels.length === 0 ? "" : ` '${labels.join(".")}'`;
  return `The block ${type}${place} must have ${names.length === 1 ? "one label" : "two labels"}: ${names.join(" and ")}`;
}

function objectMessage(type: string, labels: readonly string[]): string {
  return `The block '${[type, ...labels].join(".")}' must be a JSON object`;
}
