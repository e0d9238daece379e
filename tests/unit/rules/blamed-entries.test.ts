import { expect, test } from "vitest";
import { parseCondition } from "../../../src/modules/parse-condition.ts";
import { blamedEntries } from "../../../src/rules/blamed-entries.ts";
import { invariant } from "../../../src/diagnostics/invariant.ts";
import type { Json } from "../../../src/text/json.ts";

const blamed = (text: string, x: Json): readonly string[] => {
  const condition = parseCondition(text);
  invariant(condition, `'${text}' can be read`);
  return blamedEntries(condition, new Map([["var", { x, other: "a" } as Json]])).map(
    ({ path, part }) => `${part} of ${path.join("/")}`,
  );
};

test.each<[string, Json, readonly string[]]>([
  ["alltrue([for v in var.x : v > 0])", { b: 0, a: 1, c: -1 }, ["value of b", "value of c"]],
  ["alltrue([for v in var.x : v > 0])", [1, 0], ["value of 1"]],
  ["alltrue([for v in values(var.x) : v > 0])", { b: 0, a: 1 }, ["value of b"]],
  ['alltrue([for k in keys(var.x) : k != "a"])', { b: 0, a: 1 }, ["key of a"]],
  ['alltrue([for k, v in var.x : k != "a"])', { b: 0, a: 1 }, ["key of a"]],
  ['alltrue([for k, v in var.x : k != "a" || v > 1])', { b: 0, a: 1 }, ["value of a"]],
  ["alltrue([for v in var.x : v > 0 if v != -1])", { a: -1, b: 0 }, ["value of b"]],
  ["alltrue([for v in var.x.ports : v > 0])", { ports: [1, 0] }, ["value of ports/1"]],
  ["var.x == null ? true : alltrue([for v in var.x : v > 0])", [0], ["value of 0"]],
  ["var.x == null || alltrue([for v in var.x : v > 0])", [0], ["value of 0"]],
  ["length(var.x) < 3 && alltrue([for v in var.x : v > 0])", [0], ["value of 0"]],
  // Of these no entry alone is to blame.
  ["length(var.x) < 1 && alltrue([for v in var.x : v > 0])", [0], []],
  ['var.other == "b" || alltrue([for v in var.x : v > 0])', [0], []],
  ["!alltrue([for v in var.x : v > 0])", [1], []],
  ["anytrue([for v in var.x : v > 0])", [0], []],
  ["length(var.x) > 2", [0], []],
])("%s on %j", (text, value, expected) => {
  expect(blamed(text, value)).toEqual(expected);
});
