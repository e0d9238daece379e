import { expect, test } from "vitest";
import { DynamicRecord, UNKNOWN } from "../../../src/provider/value.ts";
import { createCountKeeper } from "../../../src/rehearsal/rehearsal-counts.ts";

test("counts resources by type, types without overlay, and made-up values with those that were handed on", () => {
  const counts = createCountKeeper();
  counts.use("role", true);
  counts.use("queue", false);
  counts.use("bucket", false);
  counts.count("role", "made");
  counts.count("bucket", "made");
  counts.count("bucket", "changed");
  counts.count("bucket", "destroyed");
  counts.handOut(
    {
      id: UNKNOWN,
      name: "mine",
      hosts: UNKNOWN,
      any: new DynamicRecord(["object", { a: "string" }], { a: UNKNOWN }),
    },
    {
      id: "rehearsal-1",
      name: "mine",
      hosts: [{ address: "rehearsal-2", port: 443 }],
      any: new DynamicRecord(["object", { a: "string" }], { a: "rehearsal-3" }),
    },
  );
  counts.consume({ name: "rehearsal-1", list: ["rehearsal-3", "mine", UNKNOWN, null] });
  counts.consume({ name: "rehearsal-1" });
  counts.assume(['azurerm_resource_group "b"', 'azurerm_resource_group "a"']);
  counts.assume(['azurerm_resource_group "b"']);
  counts.strike();
  expect(counts.report()).toEqual({
    types: {
      bucket: { made: 1, changed: 1, destroyed: 1 },
      role: { made: 1, changed: 0, destroyed: 0 },
    },
    typesWithoutOverlay: ["bucket", "queue"],
    madeUpValues: 4,
    consumedValues: 2,
    assumedParents: ['azurerm_resource_group "a"', 'azurerm_resource_group "b"'],
    faults: 1,
  });
});
