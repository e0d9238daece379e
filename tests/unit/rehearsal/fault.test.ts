import { expect, test } from "vitest";
import { createFaultCounter } from "../../../src/rehearsal/fault.ts";

test("a fault strikes at the nth operation of its kind, stack and type, once", () => {
  const next = createFaultCounter([
    { operation: "create", stack: "dev/a", nth: 2, action: "fail" },
    { operation: "create", type: "bucket", nth: 3, action: "crash" },
    { operation: "read", nth: 1, action: { slowMs: 5 } },
  ]);
  const create = (stack: string, type: string) => next({ operation: "create", stack, type });
  expect(create("dev/a", "role")).toBeUndefined();
  expect(create("dev/b", "bucket")).toBeUndefined();
  expect(next({ operation: "update", stack: "dev/a", type: "role" })).toBeUndefined();
  expect(create("dev/a", "bucket")).toBe("fail");
  expect(create("dev/a", "bucket")).toBe("crash");
  expect(create("dev/a", "bucket")).toBeUndefined();
  expect(next({ operation: "read", stack: "dev/a", type: "role" })).toEqual({ slowMs: 5 });
});

test("where two meet, the first one strikes, and both are counted", () => {
  const next = createFaultCounter([
    { operation: "delete", nth: 1, action: "fail" },
    { operation: "delete", nth: 1, action: "crash" },
    { operation: "delete", nth: 2, action: { slowMs: 1 } },
  ]);
  const site = { operation: "delete", stack: "dev/a", type: "role" } as const;
  expect([next(site), next(site), next(site)]).toEqual(["fail", { slowMs: 1 }, undefined]);
});
