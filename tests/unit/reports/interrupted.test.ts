import { expect, test } from "vitest";
import { htmlReport } from "../../../src/reports/html-report.ts";
import { junitReport } from "../../../src/reports/junit-report.ts";
import { markdownReport } from "../../../src/reports/markdown-report.ts";
import { plainReport } from "../../../src/reports/plain-report.ts";
import type { Reporter } from "../../../src/reports/reporter.ts";
import type { RunEvent, StackOutcome } from "../../../src/run/run-event.ts";
import { finished, NOTHING } from "./story.ts";

const OUTCOME: StackOutcome = { status: "interrupted", summary: { ...NOTHING, add: 3 } };
const EVENTS: readonly RunEvent[] = [
  {
    kind: "run-announced",
    runId: "run",
    command: "apply",
    platform: "p",
    target: "cloud",
    stacks: ["dev/raw"],
    upToDate: [],
    toPlan: 1,
    orphans: [],
  },
  finished("dev/raw", OUTCOME),
  {
    kind: "run-finished",
    runId: "run",
    command: "apply",
    outcomes: new Map([["dev/raw", OUTCOME]]),
    checks: [],
    processes: new Map(),
    processSeconds: new Map(),
    seconds: 1,
    unreadDataSources: 0,
    orphans: [],
  },
];

function textOf(open: (write: (text: string) => void) => Reporter): string {
  const written: string[] = [];
  const report = open((text) => written.push(text));
  for (const event of EVENTS) report.tell(event);
  report.close();
  return written.join("");
}

test("what was made of a stack before it was interrupted is counted in every report", () => {
  const plain = textOf((write) => plainReport({ write, paint: (text) => text }));
  expect(plain).toContain("dev/raw  interrupted: 3 added");
  expect(plain).toMatch(/^dev\/raw {2}interrupted +3 +0 +0/m);
  expect(plain).toContain("Resources: 3 added");
  expect(textOf((write) => markdownReport({ write, environment: "dev" }))).toMatch(
    /<code>dev\/raw<\/code> \| interrupted \| 3 \|/,
  );
  expect(textOf((write) => htmlReport({ write }))).toContain("3 added");
  expect(textOf((write) => junitReport({ write }))).toContain('<skipped message="interrupted: 3 added"/>');
});
