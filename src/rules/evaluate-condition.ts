import type { Condition } from "../modules/condition.ts";
import { byCodePoint } from "../text/compare.ts";
import { type Json, isJsonObject } from "../text/json.ts";

// Thrown by the thousand and always caught here: as errors they would each take a stack trace.
/** What Terraform would refuse to evaluate: `can` and `try` turn it into a value. */
class EvaluationError {}
/** What this evaluator does not know, so that nothing can be said. */
export class NotEvaluable {}

export type Names = ReadonlyMap<string, Json | undefined>;
type Loop = Extract<Condition, { kind: "for" }>;
interface Round {
  readonly key: string | number;
  readonly names: Names;
}

/** The value of a condition, where `undefined` among the names stands for what only Terraform knows. */
export function evaluateCondition(condition: Condition, names: Names): Json {
  const evaluate = (one: Condition): Json => evaluateCondition(one, names);
  switch (condition.kind) {
    case "literal":
      return condition.value;
    case "list":
      return condition.items.map(evaluate);
    case "name":
      return known(names.get(condition.name));
    case "member":
      return member(evaluate(condition.of), evaluate(condition.key));
    case "not":
      return !boolean(evaluate(condition.operand));
    case "minus":
      return -number(evaluate(condition.operand));
    case "choice":
      return boolean(evaluate(condition.test)) ? evaluate(condition.then) : evaluate(condition.otherwise);
    case "operation":
      return operate(condition.operator, condition.left, condition.right, evaluate);
    case "for":
      return loop(condition, names);
    case "call":
      return call(condition.name, condition.arguments, evaluate);
  }
}

function operate(
  operator: string,
  left: Condition,
  right: Condition,
  evaluate: (one: Condition) => Json,
): Json {
  // Terraform evaluates both sides: an error on one of them is an error of the whole.
  const a = evaluate(left);
  const b = evaluate(right);
  switch (operator) {
    case "&&":
      return boolean(a) && boolean(b);
    case "||":
      return boolean(a) || boolean(b);
    case "==":
      return isEqual(a, b);
    case "!=":
      return !isEqual(a, b);
    case "<":
      return number(a) < number(b);
    case "<=":
      return number(a) <= number(b);
    case ">":
      return number(a) > number(b);
    case ">=":
      return number(a) >= number(b);
    case "%":
      return number(a) % number(b);
    default:
      throw new NotEvaluable();
  }
}

function call(name: string, written: readonly Condition[], evaluate: (one: Condition) => Json): Json {
  if (name === "can") return !isError(() => evaluate(written[0]!));
  if (name === "try") return evaluate(written.find((one) => !isError(() => evaluate(one))) ?? fail());
  const values = written.map(evaluate);
  const [first = null, second = null] = values;
  switch (name) {
    case "regex":
      return expression(text(first)).test(text(second)) ? text(second) : fail();
    case "length":
      return lengthOf(first);
    case "contains":
      return list(first).some((item) => isEqual(item, second));
    case "startswith":
      return text(first).startsWith(text(second));
    case "endswith":
      return text(first).endsWith(text(second));
    case "strcontains":
      return text(first).includes(text(second));
    case "alltrue":
      return list(first).every(boolean);
    case "anytrue":
      return list(first).some(boolean);
    case "keys":
      return Object.keys(object(first)).sort(byCodePoint);
    case "values":
      return Object.entries(object(first))
        .sort(([left], [right]) => byCodePoint(left, right))
        .map(([, value]) => value);
    default:
      throw new NotEvaluable();
  }
}

function loop(condition: Loop, names: Names): Json {
  return roundsOf(condition, names).map((round) => evaluateCondition(condition.each, round.names));
}

/** Every round of a loop that its `if` does not leave out: the key or index, and the names within it. */
export function roundsOf({ names: own, over, where }: Loop, names: Names): readonly Round[] {
  const source = evaluateCondition(over, names);
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(source)
    ? (source as readonly Json[]).map((item, index) => [index, item] as const)
    : Object.entries(object(source)).sort(([left], [right]) => byCodePoint(left, right));
  return entries.flatMap(([key, value]) => {
    const [first = "", second] = own;
    const inner = new Map(names).set(first, second === undefined ? value : key);
    if (second !== undefined) inner.set(second, value);
    const isLeftOut = where !== undefined && !boolean(evaluateCondition(where, inner));
    return isLeftOut ? [] : [{ key, names: inner }];
  });
}

function isError(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch (error) {
    if (error instanceof EvaluationError) return true;
    throw error;
  }
}

function member(of: Json, key: Json): Json {
  if (of === null) return fail();
  if (isJsonObject(of)) {
    if (typeof key !== "string" || !Object.hasOwn(of, key)) return fail();
    return known(of[key]);
  }
  const items = list(of);
  const index = number(key);
  return index in items ? known(items[index]) : fail();
}

function isEqual(left: Json, right: Json): boolean {
  const isScalar = (value: Json): boolean => value === null || typeof value !== "object";
  if (left === null || right === null) return left === right;
  if (!isScalar(left) || !isScalar(right) || typeof left !== typeof right) throw new NotEvaluable();
  return left === right;
}

function lengthOf(value: Json): number {
  if (Array.isArray(value)) return value.length;
  if (isJsonObject(value)) return Object.keys(value).length;
  const content = text(value);
  if (!/^[\x20-\x7e]*$/.test(content)) throw new NotEvaluable();
  return content.length;
}

/** Terraform's expressions are RE2; those that mean something else in JavaScript are not evaluated. */
function expression(pattern: string): RegExp {
  if (/\[\[:|\\[pPAzQE]|\(\?/.test(pattern)) throw new NotEvaluable();
  try {
    return new RegExp(pattern, "u");
  } catch {
    throw new NotEvaluable();
  }
}

function known(value: Json | undefined): Json {
  if (value === undefined) throw new NotEvaluable();
  return value;
}

function boolean(value: Json): boolean {
  return typeof value === "boolean" ? value : fail();
}

function number(value: Json): number {
  if (typeof value === "number") return value;
  if (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  return fail();
}

function text(value: Json): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" ? value : fail();
}

function list(value: Json): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : fail();
}

function object(value: Json): Readonly<Record<string, Json>> {
  return isJsonObject(value) ? value : fail();
}

function fail(): never {
  throw new EvaluationError();
}
