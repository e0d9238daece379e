import { expect, test } from "vitest";
import { meetsConstraint, unreadableTerm } from "../../../src/text/version-constraint.ts";

test.each([
  ["1.11.4", "", true],
  ["1.11.4", ">= 1.10", true],
  ["1.9.8", ">= 1.10", false],
  ["1.11.4", ">= 1.10, < 2.0", true],
  ["2.0.0", ">= 1.10, < 2.0", false],
  ["1.11.4", "~> 1.10", true],
  ["2.0.0", "~> 1.10", false],
  ["1.11.4", "~> 1.11.0", true],
  ["1.12.0", "~> 1.11.0", false],
  ["1.2.3", "~> 1", true],
  ["1.11.4", "1.11.4", true],
  ["1.11.4", "= 1.11", false],
  ["1.11.4", "!= 1.11.4", false],
  ["1.11.4", "> 1.11.4", false],
  ["1.11.4", "<= 1.11.4", true],
  ["1.12.0-beta1", ">= 1.10", false],
  ["1.12.0-beta1", "1.12.0-beta1", true],
  ["1.11.4", "nonsense", false],
  ["nonsense", ">= 1.0", false],
])("%s meets '%s': %s", (version, constraint, expected) => {
  expect(meetsConstraint(version, constraint)).toBe(expected);
});

test.each([
  ["~> 5.100", undefined, undefined],
  [">= 1.10, < 2.0", undefined, undefined],
  ["5", undefined, undefined],
  ["5.0.0-beta1", undefined, undefined],
  ["~~ 5", "~~ 5", "~~ 5"],
  ["=> 5", "=> 5", "=> 5"],
  ["latest", "latest", "latest"],
  ["5.x", "5.x", "5.x"],
  [">= 5.0 < 6", ">= 5.0 < 6", ">= 5.0 < 6"],
  [">= 5, <", "<", "<"],
  [">= 5,", "", ""],
  ["", "", ""],
  ["v5.0", "v5.0", undefined],
  ["1.2.3.4", "1.2.3.4", undefined],
])(
  "of '%s' Terraform cannot read %s for a provider, and %s for itself",
  (constraint, provider, terraform) => {
    expect(unreadableTerm(constraint, "provider")).toBe(provider);
    expect(unreadableTerm(constraint, "terraform")).toBe(terraform);
  },
);
