import { expect, test } from "vitest";
import { lostObjects } from "../../../src/plans/lost-objects.ts";
import { recordedPlan } from "./recordings.ts";

test("what is replaced and destroyed, and why", () => {
  expect(lostObjects(recordedPlan("recorded/varied"))).toEqual([
    { address: "terraform_data.cbd2", action: "replace", reason: "because of triggers_replace" },
    {
      address: "terraform_data.deleted",
      action: "delete",
      reason: "because it is not in the configuration",
    },
  ]);
  expect(lostObjects(recordedPlan("recorded/deposed"))).toEqual([
    { address: "terraform_data.a (deposed object 0badc0de)", action: "delete" },
  ]);
  expect(lostObjects(recordedPlan("pairs/ovl1"))).toEqual([]);
});
