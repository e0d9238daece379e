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
  const types = {
    aws_gone: { made: 0, changed: 0, destroyed: 1 },
    aws_other: { made: 0, changed: 2, destroyed: 0 },
    aws_thing: { made: 3, changed: 0, destroyed: 0 },
  };
  expect(uncheckedParts({ ...COUNTS, types }, [dropped], [])).toEqual([
    { count: 1, what: "type of which only the schema is known", names: ["aws_thing"] },
    {
      count: 2,
      what: "types with values that the provider's own program validates: names, ranges, CIDRs, JSON",
      names: [],
    },
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
