import { expect, test } from "vitest";
import { nextSteps } from "../../../src/reports/next-steps.ts";
import type { RunFinished, StackOutcome } from "../../../src/run/run-event.ts";

const finished: RunFinished = {
  kind: "run-finished",
  runId: "run",
  command: "plan",
  asked: "dev '!dev/raw' --target emulator",
  outcomes: new Map(),
  checks: [],
  warnings: [],
  processes: new Map(),
  processSeconds: new Map(),
  seconds: 1,
  unreadDataSources: 0,
  orphans: [],
};
const planned: StackOutcome = {
  status: "planned",
  summary: {
    add: 1,
    change: 0,
    destroy: 0,
    replace: 0,
    import: 0,
    forget: 0,
    move: 0,
  },
};

test("a command to go on with names what was asked for", () => {
  const stacks = [{ address: "dev/raw", reasons: [], steps: [], checks: [], warnings: [], outcome: planned }];
  expect(nextSteps({ finished, stacks, notes: [] })).toEqual([
    { text: "`platc apply dev '!dev/raw' --target emulator` carries this out" },
  ]);
});

test("without what was asked for, the command stands alone", () => {
  const { asked: _asked, ...unasked } = finished;
  const stacks = [
    {
      address: "dev/raw",
      reasons: [],
      steps: [],
      checks: [],
      warnings: [],
      outcome: { status: "interrupted" } as const,
    },
  ];
  expect(nextSteps({ finished: { ...unasked, command: "apply" }, stacks, notes: [] })).toEqual([
    { text: "`platc apply` goes on from there" },
  ]);
});

test("what waits elsewhere than `platc approve` looks by itself is approved with its target", () => {
  const waiting = { status: "waiting", reason: "shown", approval: "1f0c" } as const;
  const stacks = [
    { address: "dev/a", reasons: [], steps: [], checks: [], warnings: [], outcome: waiting },
    { address: "dev/b", reasons: [], steps: [], checks: [], warnings: [], outcome: waiting },
    {
      address: "dev/c",
      reasons: [],
      steps: [],
      checks: [],
      warnings: [],
      outcome: { ...waiting, target: "rehearsal" } as const,
    },
  ];
  const asked = { ...finished, command: "apply", asked: "dev --target rehearsal" } as const;
  const text = "approve what waits, then `platc apply dev --target rehearsal` goes on";
  expect(nextSteps({ finished: asked, stacks, notes: [] })).toEqual([
    { text, hint: "platc approve 1f0c" },
    { text, hint: "platc approve 1f0c --target rehearsal" },
  ]);
});

test("a rehearsal of a change begins anew; what failed and what was interrupted is one step", () => {
  const stack = { address: "dev/a", reasons: [], steps: [], checks: [], warnings: [] };
  const failed = { ...stack, outcome: { status: "failed", message: "no", details: [] } as const };
  const interrupted = { ...stack, outcome: { status: "interrupted" } as const };
  const stacks = [failed, interrupted];
  const asked = "dev --base HEAD";
  expect(nextSteps({ finished: { ...finished, asked, command: "rehearse" }, stacks, notes: [] })).toEqual([
    { text: "mend what failed, then run `platc rehearse dev --base HEAD` again" },
  ]);
  expect(nextSteps({ finished: { ...finished, asked: "dev", command: "apply" }, stacks, notes: [] })).toEqual(
    [{ text: "mend what failed, then `platc apply dev` goes on from there" }],
  );
});
