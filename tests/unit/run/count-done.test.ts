import { expect, test } from "vitest";
import { countDone } from "../../../src/run/count-done.ts";
import { parseEvent } from "../../../src/terraform/parse-event.ts";

/** A line of Terraform's log, as `apply -json` writes it. */
const line = (type: string, addr: string, action: string) =>
  parseEvent(JSON.stringify({ "@message": "", type, hook: { resource: { addr }, action } }));

const NONE = { add: 0, change: 0, replace: 0, destroy: 0, import: 0, forget: 0, move: 0 };

test("only what was completed counts, and a replacement once", () => {
  const events = [
    line("apply_start", "a", "create"),
    line("apply_complete", "a", "create"),
    line("apply_complete", 'b["x"]', "create"),
    line("apply_complete", "c", "update"),
    line("apply_complete", "d", "delete"),
    line("apply_complete", "d", "create"),
    line("apply_complete", "e", "delete"),
    line("apply_start", "f", "create"),
    line("apply_errored", "f", "create"),
  ];
  expect(countDone(events)).toEqual({ ...NONE, add: 2, change: 1, replace: 1, destroy: 1 });
});

test("a replacement that was cut off after its first half is what that half did", () => {
  expect(countDone([line("apply_complete", "d", "delete"), line("apply_errored", "d", "create")])).toEqual({
    ...NONE,
    destroy: 1,
  });
  expect(countDone([])).toEqual(NONE);
});
