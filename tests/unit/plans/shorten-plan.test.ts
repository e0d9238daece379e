import { expect, test } from "vitest";
import type { Plan, PlanAction, ResourceChange } from "../../../src/plans/plan.ts";
import { shortenPlan } from "../../../src/plans/shorten-plan.ts";
import { NULL_VALUE } from "../../../src/plans/value.ts";

const change = (type: string, action: PlanAction, more: Partial<ResourceChange> = {}): ResourceChange => ({
  ...{ address: `${type}.x`, mode: "managed", type, name: "x", provider: "p", action, replacePaths: [] },
  ...{ before: NULL_VALUE, after: NULL_VALUE, ...more },
});
const output = (action: "no-op" | "create") => ({ action, before: NULL_VALUE, after: NULL_VALUE });

const planOf = (changes: readonly ResourceChange[]): Plan => ({
  ...{ terraformVersion: "1.11.4", errored: false, applyable: true, complete: true, changes, drift: [] },
  outputChanges: new Map([
    ["a", output("create")],
    ["b", output("no-op")],
  ]),
  configuration: { resources: [], calls: new Map(), outputs: new Map() },
  checks: [],
});

const many = (count: number, type: string, action: PlanAction) =>
  Array.from({ length: count }, () => change(type, action));

test("a plan of up to 40 changes stays whole; what is only read or as it was does not count", () => {
  const quiet = [...many(30, "aws_a", "no-op"), ...many(30, "aws_a", "read")];
  expect(shortenPlan(planOf([...many(40, "aws_a", "create"), ...quiet]))).toBeUndefined();
});

test("a longer one is a count for each type and action", () => {
  const moved = change("aws_c", "no-op", { previousAddress: "aws_c.y" });
  const plan = planOf([
    ...many(3, "aws_b", "create"),
    ...many(30, "aws_a", "create"),
    ...many(2, "aws_a", "update"),
    ...many(4, "aws_a", "replace"),
    ...many(1, "aws_a", "delete"),
    ...many(1, "aws_a", "forget"),
    moved,
  ]);
  expect(shortenPlan(plan)?.map(({ text, tone }) => `${tone} ${text}`)).toEqual([
    "add   + aws_a: 30 to add",
    "add   + aws_b: 3 to add",
    "change   ~ aws_a: 2 to change",
    "replace -/+ aws_a: 4 to replace",
    "destroy   - aws_a: 1 to destroy",
    "forget   . aws_a: 1 to forget",
    "move     aws_c: 1 to move or import",
    "plain Changes to outputs: 1",
  ]);
});
