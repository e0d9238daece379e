import { isJsonObject, type Json, type JsonObject } from "../text/json.ts";
import type { ParsedHcl } from "./parsed-hcl.ts";

type Syntax = ParsedHcl["syntax"];

/** The nested blocks of a type: hcl2json and Terraform JSON write one as an object, several as an array. */
export function nestedBlocks(body: JsonObject, type: string): readonly JsonObject[] {
  const value = body[type];
  if (Array.isArray(value)) return (value as readonly Json[]).filter(isJsonObject);
  return isJsonObject(value) ? [value] : [];
}

/** A reference such as `aws.us`, written bare, in quotes or in `${}`. */
export function referenceText(value: Json | undefined): string | undefined {
  return typeof value === "string" ? expressionText(value).trim() : undefined;
}

/** The text of an expression without the `${}` that hcl2json puts around it. */
export function expressionText(value: string): string {
  return value.startsWith("${") && value.endsWith("}") ? value.slice(2, -1) : value;
}

/** What a literal position holds; undefined where an expression stands in it or a whole number beyond 2^53 in HCL. */
export function literalValue(value: Json, syntax: Syntax): Json | undefined {
  if (syntax === "json") return value;
  if (typeof value === "string") return literalText(value);
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => literalValue(item, syntax));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  // hcl2json has rounded it.
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return undefined;
  if (!isJsonObject(value)) return value;
  const entries: [string, Json][] = [];
  for (const [key, item] of Object.entries(value)) {
    const literalKey = literalText(key);
    const literalItem = literalValue(item, syntax);
    if (literalKey === undefined || literalItem === undefined) return undefined;
    entries.push([literalKey, literalItem]);
  }
  return Object.fromEntries(entries);
}

/** The text of a literal position such as `description`. */
export function literalString(value: Json | undefined, syntax: Syntax): string | undefined {
  const literal = value === undefined ? undefined : literalValue(value, syntax);
  return typeof literal === "string" ? literal : undefined;
}

function literalText(text: string): string | undefined {
  let isLiteral = true;
  const literal = text.replace(/([$%])\1\{|[$%]\{/g, (whole, doubled?: string) => {
    if (doubled === undefined) isLiteral = false;
    return whole.slice(1);
  });
  return isLiteral ? literal : undefined;
}
