import { expect, test } from "vitest";
import { deferredCauses } from "../../../src/plans/deferred-causes.ts";
import { recordedPlan } from "./recordings.ts";

test("an unknown for_each or count is followed through module inputs to the root", () => {
  expect(deferredCauses(recordedPlan("recorded/errored"))).toEqual([
    { address: "terraform_data.counted", argument: "count", references: ["local.upstream_raw.names"] },
    {
      address: "module.this.terraform_data.each",
      argument: "for_each",
      references: ["local.upstream_raw.names"],
    },
    {
      address: "module.this.terraform_data.viaLocal",
      argument: "for_each",
      references: ["local.upstream_raw.names", "local.upstream_raw.id"],
    },
  ]);
});

test("what was planned is no cause", () => {
  expect(deferredCauses(recordedPlan("pairs/ovl1"))).toEqual([]);
});
