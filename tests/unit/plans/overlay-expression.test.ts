import { expect, test } from "vitest";
import { overlayExpression } from "../../../src/plans/overlay-expression.ts";
import { plannedOutputs } from "../../../src/plans/planned-outputs.ts";
import { recordedPlan } from "./recordings.ts";

test("strings arrive as they are, templates and control characters included", () => {
  const of = (value: string): string => overlayExpression({ kind: "scalar", value });
  expect(of('a "b" \\ ${c} %{d} $${ $ 5%\n\t\u0000')).toBe(
    String.raw`"a \"b\" \\ \u0024{c} \u0025{d} $\u0024{ $ 5%\n\t\u0000"`,
  );
});

test("planned outputs as expressions", () => {
  const outputs = plannedOutputs(recordedPlan("recorded/values-changed"));
  const expressions = Object.fromEntries(
    [...outputs].map(([name, value]) => [name, overlayExpression(value)]),
  );
  expect(expressions).toEqual({
    big: "12345678901234567890123",
    exp: "10000000000000000000000000000000000000000",
    list: 'tolist(["a"])',
    map: 'tomap({"k" = "v"})',
    nul: "null",
    part: '{"a" = 1, "c" = [jsondecode(timestamp()), 2], "e" = {}, "b" = jsondecode(timestamp())}',
    proto: '{"__proto__" = {"a" = 1}, "b" = 2}',
    same: '"x"',
    sec: 'sensitive("hunter2")',
    secpart: 'sensitive({"a" = "hunter2", "b" = jsondecode(timestamp())})',
    set: 'toset(["a", "b"])',
    tiny: "0.000000000000000000015",
    ulist: "[jsondecode(timestamp())]",
    umap: 'tomap({"k" = jsondecode(timestamp())})',
    unk: "jsondecode(timestamp())",
    uset: 'toset(["b", jsondecode(timestamp())])',
  });
});
