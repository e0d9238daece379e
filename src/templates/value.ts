import type { Range } from "../source/source.ts";
import type { Scalar } from "../spec/node.ts";

/** What a template or a literal means: known data, or something that only Terraform can compute. */
export type Value = Scalar | readonly Value[] | ValueMap | Computed;
export type ValueMap = ReadonlyMap<string, Value>;

/** Text with expressions in it. A single expression alone keeps its own type. */
export interface Computed {
  readonly kind: "computed";
  readonly parts: readonly (string | Expression)[];
}

/** What Terraform computes, by meaning and not yet by spelling: the emitter decides how it is spelt. */
export type Expression =
  OutputExpression | SelfExpression | VariableExpression | PathExpression | CallExpression;

/** Outputs of other stacks; with several instances it is a map by key. */
export interface OutputExpression {
  readonly kind: "output";
  readonly instances: OutputInstances;
  readonly output: string;
  readonly path: readonly string[];
  /** The reference as it was written. */
  readonly range: Range;
}

export type OutputInstances =
  | { readonly kind: "one"; readonly address: string }
  | { readonly kind: "each"; readonly addressByKey: ReadonlyMap<string, string> };

/** An output of the stack itself, which only a check can read. */
export interface SelfExpression {
  readonly kind: "self";
  readonly output: string;
  readonly path: readonly string[];
  readonly range: Range;
}

export interface VariableExpression {
  readonly kind: "variable";
  readonly name: string;
  readonly range?: Range;
}

/** A file or folder beside the spec, by its path from the project root. */
export interface PathExpression {
  readonly kind: "path";
  readonly path: string;
}

/** A pure Terraform function on something that is not known yet. */
export interface CallExpression {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Value[];
}

/**
 * Stands where a mistake has been reported: it fits everywhere and spoils what it is part of, so that one mistake
 * is told once. Nothing is emitted where there is one.
 */
export const INVALID: Computed = { kind: "computed", parts: [] };

/** Whether a reported mistake stands here. */
export function isInvalid(value: Value): boolean {
  return isComputed(value) && value.parts.length === 0;
}

/** Whether a reported mistake stands here or in a part of the value. */
export function holdsInvalid(value: Value): boolean {
  if (isMap(value)) return [...value.values()].some(holdsInvalid);
  return isList(value) ? value.some(holdsInvalid) : isInvalid(value);
}

export function isComputed(value: Value): value is Computed {
  return typeof value === "object" && value !== null && "kind" in value;
}

export function isMap(value: Value): value is ValueMap {
  return value instanceof Map;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether nothing in the value has to be computed by Terraform. */
export function isKnown(value: Value): boolean {
  if (isComputed(value)) return false;
  if (isMap(value)) return [...value.values()].every(isKnown);
  return isList(value) ? value.every(isKnown) : true;
}

/** One expression as a value of its own type. */
export function computed(expression: Expression): Computed {
  return { kind: "computed", parts: [expression] };
}

/** Every expression in a value, those in arguments of calls included, in order. */
export function expressionsIn(value: Value): readonly Expression[] {
  if (typeof value !== "object" || value === null) return NO_EXPRESSIONS;
  const found: Expression[] = [];
  collectExpressions(value, found);
  return found;
}

const NO_EXPRESSIONS: readonly Expression[] = [];

function collectExpressions(value: Value, found: Expression[]): void {
  if (isMap(value)) {
    for (const item of value.values()) collectExpressions(item, found);
  } else if (isList(value)) {
    for (const item of value) collectExpressions(item, found);
  } else if (isComputed(value)) {
    for (const part of value.parts) {
      if (typeof part === "string") continue;
      found.push(part);
      if (part.kind === "call") for (const argument of part.arguments) collectExpressions(argument, found);
    }
  }
}

/** A value without anything computed, as plain JSON data for people and for checks. */
export function toPlain(value: Value): unknown {
  if (isComputed(value)) return undefined;
  if (isMap(value)) return Object.fromEntries([...value].map(([key, item]) => [key, toPlain(item)]));
  return isList(value) ? value.map(toPlain) : value;
}
