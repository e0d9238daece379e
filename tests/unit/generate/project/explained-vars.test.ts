import { expect, test } from "vitest";
import { explainedVars } from "../../../../src/generate/project/explained-vars.ts";

const TEXT = `platform: p
vars:
  # Where
  # it is.
  region: eu-west-1
  plain: 1
  prefix: shop # unique
  # Above,
  key: ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKT84QOFm8atS5jkn+di54YTlm3wDBHrVXhreiAeb5x3 # and beside.
  owner: { name: x } # who
  # A map.
  flows:
    a: 1
`;

test("entries of vars with a comment are told, with values that are short", () => {
  expect(explainedVars(TEXT)).toEqual([
    { name: "region", value: "eu-west-1", comment: "Where it is." },
    { name: "prefix", value: "shop", comment: "unique" },
    { name: "key", value: undefined, comment: "Above, and beside." },
    { name: "owner", value: "{ name: x }", comment: "who" },
    { name: "flows", value: undefined, comment: "A map." },
  ]);
});

test("a spec without vars has none", () => {
  expect(explainedVars("platform: p\n")).toEqual([]);
});
