import { expect, test } from "vitest";
import { destroysOrReplaces } from "../../../src/plans/destroys-or-replaces.ts";
import { summarisePlan } from "../../../src/plans/summarise-plan.ts";
import { recordedPlan } from "./recordings.ts";

test("counts by what happens", () => {
  expect(summarisePlan(recordedPlan("recorded/varied"))).toEqual({
    add: 0,
    change: 3,
    replace: 1,
    destroy: 1,
    import: 2,
    forget: 1,
    move: 2,
  });
  expect(summarisePlan(recordedPlan("pairs/ovl1"))).toMatchObject({
    add: 8,
    change: 0,
    replace: 0,
    destroy: 0,
  });
});

test("what will be gone or another object", () => {
  expect(destroysOrReplaces(recordedPlan("recorded/varied"))).toEqual([
    "terraform_data.cbd2",
    "terraform_data.deleted",
  ]);
  expect(destroysOrReplaces(recordedPlan("pairs/up2"))).toEqual(["aws_s3_bucket.b"]);
  expect(destroysOrReplaces(recordedPlan("recorded/deposed"))).toEqual([]);
});
