import { expect, test } from "vitest";
import { fitsNeed } from "../../../src/rehearsal/fits-need.ts";

test("the locked version alone will do, else what all constraints allow, and a prerelease only by its name", () => {
  const fitting = (constraints: readonly string[], locked?: string): readonly string[] =>
    ["1.9.0", "2.0.0-beta1", "2.0.0"].filter((version) => fitsNeed(version, { constraints }, locked));
  expect(fitting(["~> 1.0"], "2.0.0-beta1")).toEqual(["2.0.0-beta1"]);
  expect(fitting([])).toEqual(["1.9.0", "2.0.0"]);
  expect(fitting([">= 1.0", "< 2.0"])).toEqual(["1.9.0"]);
  expect(fitting(["2.0.0-beta1"])).toEqual(["2.0.0-beta1"]);
});
