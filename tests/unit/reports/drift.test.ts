import { expect, test } from "vitest";
import { htmlReport } from "../../../src/reports/html-report.ts";
import { jsonLinesReport } from "../../../src/reports/json-lines-report.ts";
import { junitReport } from "../../../src/reports/junit-report.ts";
import { markdownReport } from "../../../src/reports/markdown-report.ts";
import { plainReport } from "../../../src/reports/plain-report.ts";
import type { Reporter } from "../../../src/reports/reporter.ts";
import type { RunEvent, StackDrift, StackOutcome } from "../../../src/run/run-event.ts";

const RAW: StackDrift = {
  kind: "stack-drift",
  address: "dev/raw",
  resources: [
    { resource: "aws_s3_bucket.this", status: "changed", attributes: ["force_destroy"] },
    { resource: "aws_s3_object.seed", status: "gone", attributes: [] },
  ],
  lines: [
    { text: "  ~ aws_s3_bucket.this has changed", tone: "change" },
    { text: "      ~ force_destroy = true -> false", tone: "change" },
    { text: "", tone: "plain" },
    { text: "  - aws_s3_object.seed is gone", tone: "destroy" },
  ],
  apart: [{ resource: "aws_iam_role.this", status: "changed", attributes: ["inline_policy", "path"] }],
  apartLines: [
    { text: "  ~ aws_iam_role.this has changed", tone: "change" },
    { text: '      ~ path = "/" -> "/by-hand/"', tone: "change" },
  ],
  resource_drift: [],
  findings: [{ message: "its state was changed without platc", hint: "'platc plan' shows it" }],
};

const OUTCOMES: ReadonlyMap<string, StackOutcome> = new Map([
  ["dev/raw", { status: "drifted", changed: 1, gone: 1, apart: 1 }],
  ["dev/fine", { status: "no-drift" }],
  ["dev/new", { status: "not-applied" }],
  ["dev/left", { status: "drifted", changed: 2, gone: 0 }],
]);

const eventsWith = (outcomes: ReadonlyMap<string, StackOutcome>): readonly RunEvent[] => [
  {
    kind: "run-announced",
    runId: "run",
    command: "drift",
    platform: "p",
    target: "cloud",
    stacks: [...outcomes.keys()],
    upToDate: [],
    toPlan: 3,
    orphans: ["dev/left"],
  },
  RAW,
  ...[...outcomes].map(
    ([address, outcome]) => ({ kind: "stack-finished", address, outcome, seconds: 1 }) as const,
  ),
  {
    kind: "run-finished",
    runId: "run",
    command: "drift",
    asked: "dev",
    outcomes,
    checks: [],
    processes: new Map([["plan", 3]]),
    processSeconds: new Map(),
    seconds: 1,
    unreadDataSources: 0,
    orphans: ["dev/left"],
  },
];

function textOf(
  open: (write: (text: string) => void) => Reporter,
  outcomes: ReadonlyMap<string, StackOutcome> = OUTCOMES,
): string {
  const written: string[] = [];
  const report = open((text) => written.push(text));
  for (const event of eventsWith(outcomes)) report.tell(event);
  report.close();
  return written.join("");
}

test("in lines", () => {
  expect(textOf((write) => plainReport({ write, paint: (text) => text }))).toMatchInlineSnapshot(`
    "Drift of p: 4 stacks, 3 to compare with what is there
    dev/raw  drift: 1 changed, 1 gone
        ~ aws_s3_bucket.this has changed
            ~ force_destroy = true -> false

        - aws_s3_object.seed is gone
      not counted, since an apply leaves it as it is: aws_iam_role.this (inline_policy, path)
      warning: its state was changed without platc
        hint: 'platc plan' shows it

    ✓ dev/fine  no drift (1.0 s)
    - dev/new  not applied

    stack     outcome      +  ~  -  seconds
    dev/raw   drifted      0  1  1      1.0  1 object changed in what an apply leaves as it is
    dev/fine  no drift                  1.0
    dev/new   not applied               1.0
    dev/left  drifted      0  2  0      1.0

    Drift finished in 1.0 s: 2 drifted, 1 no drift, 1 not applied
    Resources: 3 changed, 1 gone
    3 Terraform processes: 3 plan
    1 orphan, applied but no longer in the spec: dev/left ('platc apply' with --prune destroys it)
    next: \`platc apply dev --refresh\` brings back what the spec says; what is to stay as it is now is written into the spec first
    "
  `);
  const full = textOf((write) => plainReport({ write, paint: (text) => text, isFull: true }));
  expect(full).toContain('\n        ~ path = "/" -> "/by-hand/"\n');
});

test("in Markdown, opened, with what is apart only where all is asked for", () => {
  const text = textOf((write) => markdownReport({ write, environment: "dev" }));
  expect(text).toContain("| <code>dev/raw</code> | drifted | 0 | 1 | 1 | 0 |");
  expect(text.slice(text.indexOf("<details"))).toMatchInlineSnapshot(`
    "<details open><summary><code>dev/raw</code> drift: 1 changed, 1 gone</summary>

    - **Warning:** its state was changed without platc ('platc plan' shows it)

    \`\`\`diff
    !   aws_s3_bucket.this has changed
    !       force_destroy = true -> false

    -   aws_s3_object.seed is gone
    \`\`\`

    not counted, since an apply leaves it as it is: aws&#95;iam&#95;role.this (inline&#95;policy, path)

    </details>
    "
  `);
  expect(textOf((write) => markdownReport({ write, environment: "dev", isFull: true }))).toContain(
    '!       path = "/" -> "/by-hand/"',
  );
});

test("as a page", () => {
  const text = textOf((write) => htmlReport({ write }));
  expect(text).toContain('<span class="badge warn">drifted</span> drift: 1 changed, 1 gone');
  expect(text).toContain('<span class="change">      ~ force_destroy = true -&#62; false</span>');
  expect(text).toContain("not counted, since an apply leaves it as it is: aws_iam_role.this");
  expect(text).not.toContain("by-hand");
  expect(textOf((write) => htmlReport({ write, isFull: true }))).toContain("by-hand");
});

test("in JUnit drift is a failure, and what is not applied is skipped", () => {
  const text = textOf((write) => junitReport({ write }));
  expect(text).toContain('<testsuites name="platc drift p" tests="4" failures="2" errors="0" skipped="1"');
  expect(text).toContain('<failure message="drifted: 1 changed, 1 gone" type="drift">  ~ aws_s3_bucket.this');
  expect(text).toContain('<skipped message="not applied"/>');
});

test("as JSON lines, all of it", () => {
  const lines = textOf((write) => jsonLinesReport({ write }))
    .trim()
    .split("\n");
  const told = lines.map((line) => JSON.parse(line) as { readonly kind: string });
  expect(told.find(({ kind }) => kind === "stack-drift")).toMatchObject(RAW);
});

test("a long table has no rows for what has not drifted; nothing is to be brought back of what left the spec", () => {
  const many = Array.from({ length: 50 }, (_, at) => [`dev/s${at}`, { status: "no-drift" }] as const);
  const outcomes = new Map<string, StackOutcome>([
    ...many,
    ["dev/left", { status: "drifted", changed: 1, gone: 0 }],
  ]);
  const text = textOf((write) => plainReport({ write, paint: (plain) => plain }), outcomes);
  expect(text).toContain("\nand 50 stacks without drift\n");
  expect(text).not.toMatch(/^dev\/s1 /m);
  expect(text).not.toContain("next:");
});
