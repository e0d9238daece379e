import { expect, test } from "vitest";
import { markdownReport } from "../../../src/reports/markdown-report.ts";
import type { RunEvent, RunFinished, StackOutcome, StackPlanned } from "../../../src/run/run-event.ts";
import { finished, NOTHING } from "./story.ts";

const LIMIT = 65_536;

function textOf(events: readonly RunEvent[]): string {
  const written: string[] = [];
  const report = markdownReport({ write: (text) => written.push(text), environment: "dev" });
  for (const event of events) report.tell(event);
  report.close();
  return written.join("");
}

function announced(stacks: readonly string[], orphans: readonly string[] = []): RunEvent {
  return {
    kind: "run-announced",
    runId: "r",
    command: "rehearse",
    platform: "shop",
    target: "rehearsal",
    stacks,
    upToDate: [],
    toPlan: stacks.length,
    orphans,
  };
}

function planned(address: string, change: Partial<StackPlanned>): StackPlanned {
  return {
    kind: "stack-planned",
    address,
    summary: NOTHING,
    lines: [],
    resource_changes: [],
    output_changes: new Map(),
    overlaidBy: [],
    findings: [],
    ...change,
  };
}

function ended(
  outcomes: readonly (readonly [string, StackOutcome])[],
  more: Partial<RunFinished> = {},
): RunFinished {
  return {
    kind: "run-finished",
    runId: "r",
    command: "rehearse",
    asked: "dev --base main",
    outcomes: new Map(outcomes),
    checks: [],
    processes: new Map([["plan", 3]]),
    processSeconds: new Map(),
    seconds: 12,
    unreadDataSources: 0,
    orphans: [],
    ...more,
  };
}

const REHEARSAL = {
  schemas: [{ source: "hashicorp/aws", version: "5.100.0", origin: "a pack", digest: "d" }],
  unchecked: [
    { count: 2, what: "made-up values that other resources were given", names: [] },
    { count: 1, what: "smoke test that was not run", names: ["dev/raw objects"] },
  ],
  faults: { asked: 0, struck: 0 },
};

test("numbers, what failed and where, what is replaced and destroyed, and what was not checked come first", () => {
  const failure: StackOutcome = {
    status: "failed",
    message: "Error creating S3 Bucket: it already exists",
    hint: "take another name",
    details: [],
    resource: "aws_s3_bucket.logs",
    place: { file: "modules/bucket/main.tf", line: 3, code: "bucket = var.bucket", spec: "platform.yaml:9" },
    summary: { ...NOTHING, add: 1 },
  };
  const outcomes: readonly (readonly [string, StackOutcome])[] = [
    ["dev/raw", { status: "applied", summary: { ...NOTHING, change: 1, replace: 1 } }],
    ["dev/logs", failure],
    ["dev/app", { status: "blocked", by: "dev/logs" }],
    ["dev/old", { status: "destroyed", destroyed: 1 }],
    ["dev/came", { status: "applied", summary: { ...NOTHING, add: 1 } }],
  ];
  const text = textOf([
    announced(outcomes.map(([address]) => address)),
    { kind: "note", message: "rehearsed on top of main (0123456789ab): 4 stacks applied there first" },
    planned("dev/raw", {
      summary: { ...NOTHING, change: 1, replace: 1 },
      lines: [{ text: "-/+ aws_kms_key.raw must be replaced", tone: "replace" }],
      lost: [{ address: 'aws_kms_key.raw["a"]', action: "replace", reason: "because of key_usage" }],
    }),
    planned("dev/old", {
      summary: { ...NOTHING, destroy: 1 },
      lost: [{ address: "aws_s3_bucket.this", action: "delete" }],
    }),
    // Planned against an upstream that was not applied yet; at its turn nothing was replaced.
    planned("dev/came", {
      summary: { ...NOTHING, replace: 1 },
      lost: [{ address: "terraform_data.kept", action: "replace" }],
    }),
    ...outcomes.map(([address, outcome]) => finished(address, outcome)),
    ended(outcomes, {
      rehearsal: REHEARSAL,
      warnings: [
        {
          address: "dev/raw",
          message: "Check block assertion failed",
          hint: "too small",
          isAssertion: true,
        },
      ],
    }),
  ]);
  expect(text).toMatchInlineSnapshot(`
    "<!-- platc dev -->
    ### Rehearsal: shop, dev

    **1 stack failed.** **Resources: 2 added, 1 changed, 1 replaced, 1 destroyed**, in 5 stacks: 2 applied, 1 failed, 1 blocked, 1 destroyed.

    **Failed**

    - <code>dev/logs</code> aws&#95;s3&#95;bucket.logs: Error creating S3 Bucket: it already exists, at modules/bucket/main.tf:3, from platform.yaml:9: bucket = var.bucket (take another name)

    **Not tried**

    - <code>dev/app</code> blocked by dev/logs

    **Assertions failed**

    - <code>dev/raw</code> Check block assertion failed, too small

    **Replaced**

    - <code>dev/raw</code> <code>aws&#95;kms&#95;key.raw&#91;"a"&#93;</code>, because of key&#95;usage

    **Destroyed**

    - <code>dev/old</code> <code>aws&#95;s3&#95;bucket.this</code>

    **Notes**

    - rehearsed on top of main (0123456789ab): 4 stacks applied there first
    - **Next:** mend what failed, then run <code>platc rehearse dev --base main</code> again

    **Not checked**

    - 2 made-up values that other resources were given
    - 1 smoke test that was not run (dev/raw objects)

    <details><summary>Each stack, and what the rehearsal rested on</summary>

    | Stack | Outcome | + | ~ | - | -/+ | |
    | --- | --- | ---: | ---: | ---: | ---: | --- |
    | <code>dev/raw</code> | applied | 0 | 1 | 0 | 1 | 1 assertion failed |
    | <code>dev/logs</code> | **failed** | 1 | 0 | 0 | 0 | aws&#95;s3&#95;bucket.logs: Error creating S3 Bucket: it already exists |
    | <code>dev/app</code> | blocked | | | | | by dev/logs |
    | <code>dev/old</code> | destroyed | 0 | 0 | 1 | 0 | |
    | <code>dev/came</code> | applied | 1 | 0 | 0 | 0 | |

    - Rehearsal finished in 12 s: 2 applied, 1 failed, 1 blocked, 1 destroyed; 1 assertion failed
    - resources: 2 added, 1 changed, 1 replaced, 1 destroyed
    - 3 Terraform processes: 3 plan
    - it was a rehearsal: nothing was made in any cloud, and it proves nothing to the next environment
    - schemas: hashicorp/aws 5.100.0 (a pack)
    - not checked: 2 made-up values that other resources were given
    - not checked: 1 smoke test that was not run (dev/raw objects)

    </details>

    <details><summary><code>dev/raw</code> <b>1 assertion failed</b>, plan: 1 to change, 1 to replace</summary>

    - **Assertion failed:** Check block assertion failed (too small)

    \`\`\`diff
    !   aws_kms_key.raw must be replaced
    \`\`\`

    </details>

    <details><summary><code>dev/logs</code> <b>failed</b></summary>

    \`\`\`
    aws_s3_bucket.logs: Error creating S3 Bucket: it already exists
    at modules/bucket/main.tf:3, from platform.yaml:9: bucket = var.bucket
    hint: take another name
    \`\`\`

    </details>
    "
  `);
});

test("where nothing changes and nothing is open, that is all that stands there", () => {
  const outcomes = [["dev/raw", { status: "up-to-date" }]] as const;
  const text = textOf([announced(["dev/raw"]), ended(outcomes)]);
  const [, , , headline, , next] = text.split("\n");
  expect(headline).toBe("**Resources: no resource changes**, in 1 stack: 1 up to date.");
  expect(next).toMatch(/^<details>/);
});

test("the largest change fits into a comment, and says what was cut", () => {
  const stacks = Array.from({ length: 150 }, (_, at) => `dev/stack-${at}`);
  const outcomes = stacks.map((address, at): readonly [string, StackOutcome] => [
    address,
    at % 2 === 0
      ? { status: "applied", summary: { ...NOTHING, replace: 25, destroy: 25 } }
      : { status: "failed", message: "失敗 @all <b> ".repeat(100), hint: "|".repeat(900), details: [] },
  ]);
  const lost = Array.from({ length: 50 }, (_, at) => ({
    address: `module.${"m".repeat(300)}.aws_s3_bucket.this["*_${at}"]`,
    action: at < 25 ? ("replace" as const) : ("delete" as const),
  }));
  const text = textOf([
    announced(stacks),
    ...stacks.map((): RunEvent => ({ kind: "note", message: "note ".repeat(100), hint: "hint" })),
    ...stacks.map((address) =>
      planned(address, {
        summary: { ...NOTHING, replace: 25, destroy: 25 },
        lines: lost.map((one) => ({ text: `-/+ ${one.address}`, tone: "replace" })),
        lost,
      }),
    ),
    ended(outcomes, {
      rehearsal: {
        ...REHEARSAL,
        unchecked: Array.from({ length: 40 }, () => ({
          count: 9,
          what: "things ".repeat(90),
          names: stacks,
        })),
      },
    }),
  ]);
  expect(Buffer.byteLength(text)).toBeLessThan(LIMIT - 400);
  expect(Buffer.byteLength(text)).toBeGreaterThan(LIMIT / 2);
  for (const title of ["Failed", "Replaced", "Destroyed", "Notes", "Not checked"])
    expect(text, title).toContain(`\n**${title}**\n\n- `);
  expect(text.match(/^- _and \d+ more, in the details_$/gm)).toHaveLength(5);
  expect(text).toContain("**Cut to fit into a comment:**");
  expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
});
