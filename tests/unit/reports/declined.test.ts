import { expect, test } from "vitest";
import { htmlReport } from "../../../src/reports/html-report.ts";
import { junitReport } from "../../../src/reports/junit-report.ts";
import { markdownReport } from "../../../src/reports/markdown-report.ts";
import { plainReport } from "../../../src/reports/plain-report.ts";
import type { Reporter } from "../../../src/reports/reporter.ts";
import type { RunEvent } from "../../../src/run/run-event.ts";

const EVENTS: readonly RunEvent[] = [
  {
    kind: "run-announced",
    runId: "run",
    command: "destroy",
    platform: "p",
    target: "cloud",
    stacks: ["dev/raw"],
    upToDate: [],
    toPlan: 1,
    orphans: [],
  },
  {
    kind: "run-finished",
    runId: "run",
    command: "destroy",
    outcomes: new Map([["dev/raw", { status: "declined" }]]),
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

test("what was not destroyed since somebody said no is 'declined' in every report", () => {
  expect(textOf((write) => plainReport({ write, paint: (text) => text }))).toMatch(/^dev\/raw {2}declined/m);
  expect(textOf((write) => markdownReport({ write, environment: "dev" }))).toContain(
    "| <code>dev/raw</code> | declined |",
  );
  expect(textOf((write) => htmlReport({ write }))).toContain('<span class="badge warn">declined</span>');
  expect(textOf((write) => junitReport({ write }))).toContain('<skipped message="declined"/>');
});
