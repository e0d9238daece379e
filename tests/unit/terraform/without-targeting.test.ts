import { expect, test } from "vitest";
import { parseDiagnostic } from "../../../src/terraform/parse-event.ts";
import { withoutTargeting } from "../../../src/terraform/without-targeting.ts";

const INSTEAD =
  "platc applies a stack as a whole: put what this depends on into a stack of its own, which is applied first.";

// Terraform 1.11 and OpenTofu 1.10.
test.each([
  [
    'The "for_each" map includes keys that cannot be determined until apply.\n\nAlternatively, you could use the -target planning option to first apply only the resources that the for_each value depends on, and then apply a second time to fully converge.',
    `The "for_each" map includes keys that cannot be determined until apply.\n\n${INSTEAD}`,
  ],
  [
    'The "count" value depends on resource attributes that cannot be determined until apply. To work around this, use the -target argument to first apply only the resources that the count depends on.',
    `The "count" value depends on resource attributes that cannot be determined until apply. ${INSTEAD}`,
  ],
  [
    "Alternatively, you could use the planning option -exclude=null_resource.a to first apply without this object, and then apply normally to converge.",
    INSTEAD,
  ],
  [
    "Resource a.b has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed. To avoid this error and continue with the plan, either disable lifecycle.prevent_destroy or reduce the scope of the plan using the -target option.",
    "Resource a.b has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed. To avoid this error and continue with the plan, disable lifecycle.prevent_destroy.",
  ],
])("Terraform's advice to use -target becomes what platc can do: %#", (detail, expected) => {
  expect(withoutTargeting(detail)).toBe(expected);
  expect(parseDiagnostic({ severity: "error", summary: "s", detail })).toMatchObject({ detail: expected });
});

test("what speaks of something else stays as it is", () => {
  const details = [
    "one  two.\n\n  three",
    "the option --target-group is wrong.  Try x-target",
    "host a -target b failed",
  ];
  expect(details.map(withoutTargeting)).toEqual(details);
});
