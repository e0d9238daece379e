import { expect, test } from "vitest";
import { createRunningStacks } from "../../../src/reports/running-stacks.ts";

test("a stack that begins its next step is not done any more", () => {
  const stacks = createRunningStacks();
  const finished = {
    kind: "stack-finished",
    address: "dev/a",
    outcome: { status: "unchanged" },
    seconds: 1,
  } as const;
  stacks.take({ kind: "stack-started", address: "dev/a", step: "plan" }, 0);
  stacks.take(finished, 1);
  expect(stacks.progress()).toMatchObject({ done: 1, stacks: 1 });
  stacks.take({ kind: "stack-started", address: "dev/a", step: "check" }, 2);
  expect(stacks.progress()).toMatchObject({
    done: 0,
    stacks: 1,
    running: [{ address: "dev/a", step: "check" }],
  });
  stacks.take(finished, 3);
  expect(stacks.progress()).toMatchObject({ done: 1, running: [] });
});
