import { expect, test } from "vitest";
import { plainReport, type PlainReportOptions } from "../../../src/reports/plain-report.ts";
import type { RunEvent } from "../../../src/run/run-event.ts";
import { ansiPaint } from "../../../src/text/paint.ts";
import { finished, RAW_PLAN, resourceEvent, STORY } from "./story.ts";

function textOf(events: readonly RunEvent[], options: Partial<PlainReportOptions> = {}): string {
  const written: string[] = [];
  const report = plainReport({ write: (text) => written.push(text), ...options });
  for (const event of events) report.tell(event);
  report.close();
  return written.join("");
}

test("a run in which everything happens", () => {
  expect(textOf(STORY, { why: true, stageOf: () => "provision" })).toMatchInlineSnapshot(`
    "Apply of d2b against the emulator: 8 stacks, 1 up to date, 6 to plan
    note: TF_LOG is left out of Terraform's environment
      hint: say --log
    dev/storage/raw runs because
      - modules/aws/s3-bucket/main.tf changed
      - it was never applied
    dev/storage/raw: initialising
    dev/storage/raw: planning
    warning: dev/storage/raw: aws_s3_bucket.raw: Argument is deprecated
      Use acl of its own.
    dev/storage/raw  (stage provision)  plan: 1 to add, 1 to change, 1 to replace
        + aws_s3_bucket.raw will be created
            + bucket = "d2b-raw"

      -/+ aws_kms_key.raw must be replaced
            # (because its definition changed)
            ~ region = "a" -> "b" # forces replacement
              # (3 unchanged attributes hidden)

      Changes to outputs:
        + bucket = "d2b-raw"
      warning: aws_kms_key.raw is replaced while dev/app holds it
        hint: apply dev/app first, without it

    dev/ingestion  (stage provision)  plan: 1 to add
      note: planned against planned outputs of dev/storage/raw: will be planned again and compared at its turn
        + aws_lambda_function.this will be created
            + arn = (known after apply)

    dev/storage/raw: applying
    dev/storage/raw: aws_s3_bucket.raw: Creating...
    dev/storage/raw: aws_kms_key.raw: Creating...
    dev/storage/raw: still applying aws_s3_bucket.raw and 1 more ... 30 s
    dev/storage/raw: still applying aws_s3_bucket.raw and 1 more ... 1 min
    dev/storage/raw: aws_s3_bucket.raw: Creation complete after 1m2s [id=d2b-raw]
    ✓ dev/storage/raw  applied: 1 added, 1 changed, 1 replaced (1 min 12 s)
    dev/storage/raw: checking
    ✓ dev/storage/raw  check objects: s3://d2b-raw/seed has 3 objects (0.2 s, by the emulator)
    dev/warehouse: applying
    ✗ dev/warehouse  failed: Terraform ended with exit code 1 in "apply" (3.1 s)
      hint: the role of the credentials may not create workgroups
      error: creating Athena Workgroup: AccessDenied
        status code: 403
    - dev/app  blocked by dev/warehouse
    - dev/cluster  deferred: for_each needs outputs.network.zones of dev/network
    ? dev/dns  waits for an approval: the plan differs from the approved one
      hint: platc approve a1b2c3
    ✓ dev/budget  no changes (1.5 s)
    ✓ dev/ingestion  applied: 1 added (9.2 s)
    ✗ dev/ingestion  check invoke: functionError is Unhandled, expected null (3 attempts, 4.0 s, as a local process for the emulator)
        Traceback:
          boom
    - dev/ingestion  check health: the emulator serves no load balancer (skipped)

    stack            outcome     +  ~  -  -/+  seconds
    dev/network      up to date
    dev/storage/raw  applied     1  1  0    1     72.4
    dev/ingestion    applied     1  0  0    0      9.2
    dev/warehouse    failed                        3.1  Terraform ended with exit code 1 in "apply"
    dev/app          blocked                            by dev/warehouse
    dev/cluster      deferred                           for_each needs outputs.network.zones of dev/network
    dev/dns          waiting                       2.0  the plan differs from the approved one
    dev/budget       unchanged                     1.5

    Apply finished in 1 min 35 s: 1 up to date, 2 applied, 1 failed, 1 blocked, 1 deferred, 1 waiting, 1 unchanged
    Resources: 2 added, 1 changed, 1 replaced
    Checks: 1 passed, 1 failed, 1 skipped
    Ran by the emulator: dev/storage/raw objects
    Ran as a local process for the emulator: dev/ingestion invoke
    21 Terraform processes: 6 init, 6 plan, 6 show, 3 apply
    2 data sources in stacks that were left alone were not read anew (--refresh reads them)
    1 orphan, applied but no longer in the spec: dev/old (--prune destroys it)
    next: mend what failed, then \`platc apply\` goes on from there
    next: approve what waits, then \`platc apply\` goes on
      platc approve a1b2c3
    "
  `);
});

test("reasons are told only when they are asked for", () => {
  expect(textOf(STORY)).not.toContain("runs because");
});

test("a plan in Terraform's colours", () => {
  expect(textOf([RAW_PLAN], { paint: ansiPaint }).replaceAll("\u001b", "^")).toMatchInlineSnapshot(`
    "^[1mdev/storage/raw^[22m  plan: 1 to add, 1 to change, 1 to replace
        ^[32m+^[39m aws_s3_bucket.raw will be created
            ^[32m+^[39m bucket = "d2b-raw"

      ^[31m-^[39m/^[32m+^[39m aws_kms_key.raw must be replaced
      ^[2m      # (because its definition changed)^[22m
            ^[33m~^[39m region = "a" -> "b" ^[31m# forces replacement^[39m
      ^[2m        # (3 unchanged attributes hidden)^[22m

      Changes to outputs:
        ^[32m+^[39m bucket = "d2b-raw"
      ^[1m^[33mwarning^[39m^[22m: aws_kms_key.raw is replaced while dev/app holds it
        ^[1m^[36mhint^[39m^[22m: apply dev/app first, without it

    "
  `);
});

test("the longest running resource speaks for all, every 30 seconds", () => {
  const progress = (resource: string, elapsedSeconds: number): RunEvent =>
    resourceEvent("dev/x", { kind: "apply_progress", resource, elapsedSeconds, message: "" });
  const done = resourceEvent("dev/x", { kind: "apply_complete", resource: "a.a", message: "a.a: done" });
  const events = [progress("a.a", 30), progress("b.b", 30), progress("a.a", 59), done, progress("b.b", 61)];
  expect(textOf(events)).toMatchInlineSnapshot(`
    "dev/x: still applying a.a ... 30 s
    dev/x: a.a: done
    dev/x: still applying b.b ... 1 min
    "
  `);
});

test("secrets and control characters of others do not come through", () => {
  const outcome = { status: "failed", message: "no hunter2\u001b[2J", hint: "hunter2", details: [] } as const;
  const text = textOf([finished("dev/x", outcome, 1)], {
    redact: (plain) => plain.replaceAll("hunter2", "***"),
  });
  expect(text).toBe("✗ dev/x  failed: no ***␛[2J (1.0 s)\n  hint: ***\n");
});

test("many stacks that are up to date share a row", () => {
  const stacks = Array.from({ length: 50 }, (_, at) => `dev/s${at}`);
  const upToDate = stacks.slice(1);
  const text = textOf([
    {
      kind: "run-announced",
      runId: "r",
      command: "plan",
      platform: "d2b",
      target: "cloud",
      stacks,
      upToDate,
      toPlan: 1,
      orphans: [],
    },
    finished("dev/s0", { status: "planned", summary: RAW_PLAN.summary }, 2),
    {
      kind: "run-finished",
      runId: "r",
      command: "plan",
      outcomes: new Map(),
      checks: [],
      flavour: "opentofu",
      processes: new Map(),
      processSeconds: new Map(),
      seconds: 2,
      unreadDataSources: 0,
      orphans: [],
    },
  ]);
  expect(text).toMatchInlineSnapshot(`
    "Plan of d2b: 50 stacks, 49 up to date, 1 to plan

    stack   outcome  +  ~  -  -/+  seconds
    dev/s0  planned  1  1  0    1      2.0
    and 49 stacks up to date

    Plan finished in 2.0 s: 1 planned, 49 up to date
    Resources: 1 to add, 1 to change, 1 to replace
    No OpenTofu process was started
    next: \`platc apply\` carries this out
    "
  `);
});

test("what a stack failed of stands in full once, and in short in the table", () => {
  const message =
    "provider registry.terraform.io/hashicorp/aws: no way to resolve the outputs of an upstream that is not there";
  const failed = { status: "failed", message, details: [] } as const;
  const text = textOf([
    {
      ...{ kind: "run-announced", runId: "run", command: "plan", platform: "p", target: "cloud" },
      ...{ stacks: ["dev/raw"], upToDate: [], toPlan: 1, orphans: [] },
    },
    { kind: "stack-finished", address: "dev/raw", outcome: failed, seconds: 1 },
    {
      ...{ kind: "run-finished", runId: "run", command: "plan", outcomes: new Map([["dev/raw", failed]]) },
      ...{
        checks: [],
        processes: new Map(),
        processSeconds: new Map(),
        seconds: 1,
        unreadDataSources: 0,
        orphans: [],
      },
    },
  ]);
  expect(text.split(message)).toHaveLength(2);
  expect(text).toMatch(
    /^dev\/raw  failed .* provider registry\.terraform\.io\/hashicorp\/aws: no way to resolve the outputs of …$/m,
  );
});
