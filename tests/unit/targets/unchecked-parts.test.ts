import { expect, test } from "vitest";
import type { RehearsalCounts } from "../../../src/rehearsal/rehearsal-counts.ts";
import { uncheckedParts } from "../../../src/targets/unchecked-parts.ts";

const COUNTS: RehearsalCounts = {
  types: {},
  typesWithoutOverlay: ["aws_thing"],
  madeUpValues: 9,
  consumedValues: 2,
  assumedParents: ['azurerm_resource_group "shared"'],
  faults: 0,
};

test("each part has its number and its names; what is not there is left out", () => {
  const dropped = new Map([["dev/raw", ["local-exec", "local-exec"]]]);
  expect(uncheckedParts(COUNTS, [dropped], [])).toEqual([
    { count: 1, what: "type of which only the schema is known", names: ["aws_thing"] },
    { count: 2, what: "made-up values that other resources were given", names: [] },
    {
      count: 1,
      what: "thing that a resource stands in, and that is taken to exist",
      names: ['azurerm_resource_group "shared"'],
    },
    {
      count: 2,
      what: "provisioners that were left out",
      names: ["dev/raw local-exec", "dev/raw local-exec"],
    },
  ]);
});
