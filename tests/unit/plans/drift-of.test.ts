import { expect, test } from "vitest";
import { type DriftedObject, driftOf } from "../../../src/plans/drift-of.ts";
import { parseJson } from "../../../src/plans/json.ts";
import { mergeValue } from "../../../src/plans/merge-value.ts";
import type { ConfiguredResource, Plan, PlanAction, ResourceChange } from "../../../src/plans/plan.ts";
import { renderDrift } from "../../../src/plans/render-drift.ts";
import { recordedPlan } from "./recordings.ts";

const valueOf = (value: object, unknown: object = {}) =>
  mergeValue({ value: parseJson(JSON.stringify(value)), unknown: parseJson(JSON.stringify(unknown)) });

const change = (
  action: PlanAction,
  before: object,
  after: object,
  unknown: object = {},
  address = "module.a.x_y.z[0]",
): ResourceChange => ({
  address,
  mode: "managed",
  type: "x_y",
  name: "z",
  provider: "p",
  action,
  before: valueOf(before),
  after: valueOf(after, unknown),
  replacePaths: [],
});

const WRITES: ConfiguredResource = {
  address: "x_y.z",
  forEach: [],
  count: [],
  references: [],
  arguments: new Set(["size", "from"]),
};

const planOf = (drift: readonly ResourceChange[], changes: readonly ResourceChange[]): Plan => ({
  terraformVersion: "1.11.4",
  errored: false,
  applyable: true,
  complete: true,
  changes,
  drift,
  outputChanges: new Map(),
  configuration: {
    resources: [],
    calls: new Map([
      [
        "a",
        {
          forEach: [],
          count: [],
          inputs: new Map(),
          module: { resources: [WRITES], calls: new Map(), outputs: new Map() },
        },
      ],
    ]),
    outputs: new Map(),
  },
  checks: [],
});

const counted = (plan: Plan, countsAll = false): readonly string[] =>
  driftOf(plan, { countsAll }).map(
    ({ address, status, attributes, apart }: DriftedObject) =>
      `${address} ${status} [${attributes.join(" ")}] apart [${apart.join(" ")}]`,
  );

test("of what real aws reports after an apply, only what an apply would bring back counts", () => {
  expect(counted(recordedPlan("pairs/down2"))).toEqual([
    "aws_iam_role.r changed [] apart [inline_policy]",
    "aws_s3_bucket_policy.p gone [] apart []",
    'aws_s3_object.o["team"] gone [] apart []',
  ]);
});

test("everything counts where it is asked for, but for nothing that is spelt in another way", () => {
  expect(counted(recordedPlan("pairs/down2"), true)).toEqual([
    "aws_iam_role.r changed [inline_policy] apart []",
    "aws_s3_bucket_policy.p gone [] apart []",
    'aws_s3_object.o["team"] gone [] apart []',
  ]);
  const drift = change("update", { a: null, b: [], c: "", d: false }, { a: {}, b: null, c: null, d: true });
  expect(counted(planOf([drift], []), true)).toEqual(["module.a.x_y.z[0] changed [d] apart []"]);
});

test("an attribute counts where the same plan changes it again", () => {
  const drift = change("update", { size: "1", mode: "a" }, { size: "9", mode: "b" });
  const back = change("update", { size: "9", mode: "b" }, { size: "1", mode: "b" });
  expect(counted(planOf([drift], [back]))).toEqual(["module.a.x_y.z[0] changed [size] apart [mode]"]);
  const none = change("no-op", { size: "9", mode: "b" }, { size: "9", mode: "b" });
  expect(counted(planOf([drift], [none]))).toEqual(["module.a.x_y.z[0] changed [] apart [mode size]"]);
});

test("what is not known until an apply counts where somebody wrote it", () => {
  const drift = change("update", { from: "a", etag: "1", size: "1" }, { from: "b", etag: "2", size: "2" });
  const back = change(
    "replace",
    { from: "b", etag: "2", size: "2" },
    { size: "1" },
    { from: true, etag: true },
  );
  const [object] = driftOf(planOf([drift], [back]), { countsAll: false });
  expect(object).toMatchObject({ attributes: ["from", "size"], apart: ["etag"], isReplaced: true });
});

test("what Terraform has no plan for counts whole, a deposed object apart from the one in its place", () => {
  const drift = change("update", { size: "1" }, { size: "2" });
  const old = { ...drift, deposed: "abcd" };
  const here = change("no-op", { size: "2" }, { size: "2" });
  expect(counted(planOf([drift, old], [here]))).toEqual([
    "module.a.x_y.z[0] changed [] apart [size]",
    "module.a.x_y.z[0] changed [size] apart []",
  ]);
});

test("a paragraph for each object, from what it was to what it is", () => {
  const drift = change("update", { size: "1", mode: "a", id: "i" }, { size: "9", mode: "b", id: "i" });
  const back = change("replace", { size: "9", mode: "b" }, { size: "1", mode: "b" });
  const gone = change("delete", { id: "j", size: "1" }, {}, {}, "x_y.gone");
  const objects = driftOf(planOf([drift, gone], [back]), { countsAll: false });
  const written = (part: "attributes" | "apart"): readonly string[] =>
    renderDrift(objects, part).map(({ text }) => text);
  expect(written("attributes")).toEqual([
    "  ~ module.a.x_y.z[0] has changed",
    "      # (an apply has to replace it)",
    '      ~ size = "1" -> "9"',
    "      # (also changed, and left as it is by an apply: mode)",
    "",
    "  - x_y.gone is gone",
    '      - id = "j"',
  ]);
  expect(written("apart")).toEqual(["  ~ module.a.x_y.z[0] has changed", '      ~ mode = "a" -> "b"']);
});
