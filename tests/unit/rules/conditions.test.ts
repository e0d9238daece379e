import { expect, test } from "vitest";
import { parseCondition } from "../../../src/modules/parse-condition.ts";
import { evaluateCondition, NotEvaluable } from "../../../src/rules/evaluate-condition.ts";
import type { Json } from "../../../src/text/json.ts";

const evaluate = (text: string, value: Json): Json | "unreadable" | "unknown" => {
  const condition = parseCondition(text);
  if (!condition) return "unreadable";
  try {
    return evaluateCondition(condition, new Map([["var", { x: value } as Json]]));
  } catch (error) {
    if (error instanceof NotEvaluable) return "unknown";
    throw error;
  }
};

test.each<[string, Json, Json]>([
  ['can(regex("^[a-z]{3,5}$", var.x))', "abcd", true],
  ['can(regex("^[a-z]{3,5}$", var.x))', "ab", false],
  ['contains(["a", "b"], var.x)', "c", false],
  ["var.x >= 1 && var.x <= 900", 901, false],
  ["var.x == null ? true : length(var.x) > 2", null, true],
  ["var.x == null || length(var.x) > 2", "abc", true],
  ['alltrue([for k in keys(var.x) : startswith(k, "--")])', { "--a": 1, b: 2 }, false],
  ["alltrue([for k, v in var.x : v > 0])", { a: 1, b: 2 }, true],
  ["alltrue([for v in var.x : v > 0 if v != 5])", [1, 5, 2], true],
  ["length(var.x.items) <= 1", { items: [1, 2] }, false],
  ['var.x["a b"] == 1', { "a b": 1 }, true],
  ["try(var.x.none, null) == null", {}, true],
  ["!contains(var.x, 3)", [1, 2], true],
  ['endswith(var.x, ".zip") && !strcontains(var.x, "\\\\")', "a.zip", true],
  ["var.x % 2 == 0", 4, true],
  ["-1 < var.x", 0, true],
])("%s on %j", (text, value, expected) => {
  expect(evaluate(text, value)).toBe(expected);
});

test.each([
  ["fileexists(var.x)", "a"],
  ['can(regex("(?i)abc", var.x))', "ABC"],
  ["length(distinct(var.x[*].id)) == 1", [{ id: 1 }]],
  ['var.x == "${path.module}"', "a"],
  ["{ a = 1 } == var.x", 1],
  ["local.y > 1", 1],
])("%s is left to Terraform", (text, value) => {
  expect(["unreadable", "unknown"]).toContain(evaluate(text, value as Json));
});
