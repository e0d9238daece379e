import type { CheckResult } from "../../../src/checks/check-result.ts";
import type { PlanSummary } from "../../../src/plans/summarise-plan.ts";
import type {
  RunEvent,
  StackFinished,
  StackOutcome,
  StackPlanned,
  StackStep,
} from "../../../src/run/run-event.ts";
import type { TerraformEvent } from "../../../src/terraform/events.ts";

export const NOTHING: PlanSummary = {
  add: 0,
  change: 0,
  replace: 0,
  destroy: 0,
  import: 0,
  forget: 0,
  move: 0,
};

export function started(address: string, step: StackStep): RunEvent {
  return { kind: "stack-started", address, step };
}

export function finished(address: string, outcome: StackOutcome, seconds = 0): StackFinished {
  return { kind: "stack-finished", address, outcome, seconds };
}

/** An event of Terraform's about one resource, with the sentence that Terraform would say. */
export function resourceEvent(
  address: string,
  event: {
    readonly kind: "apply_start" | "apply_progress" | "apply_complete" | "apply_errored";
    readonly resource: string;
    readonly elapsedSeconds?: number;
    readonly message: string;
  },
): RunEvent {
  const [type = "", name = ""] = event.resource.split(".");
  const resource = { address: event.resource, module: "", type, name, key: null, provider: type };
  return { kind: "stack-progress", address, step: "apply", event: { ...event, action: "create", resource } };
}

export function terraformEvent(address: string, step: StackStep, event: TerraformEvent): RunEvent {
  return { kind: "stack-progress", address, step, event };
}

export const RAW_PLAN: StackPlanned = {
  kind: "stack-planned",
  address: "dev/storage/raw",
  summary: { ...NOTHING, add: 1, change: 1, replace: 1 },
  lines: [
    { text: "  + aws_s3_bucket.raw will be created", tone: "add" },
    { text: '      + bucket = "d2b-raw"', tone: "add" },
    { text: "", tone: "plain" },
    { text: "-/+ aws_kms_key.raw must be replaced", tone: "replace" },
    { text: "      # (because its definition changed)", tone: "muted" },
    { text: '      ~ region = "a" -> "b" # forces replacement', tone: "change" },
    { text: "        # (3 unchanged attributes hidden)", tone: "muted" },
    { text: "", tone: "plain" },
    { text: "Changes to outputs:", tone: "plain" },
    { text: '  + bucket = "d2b-raw"', tone: "add" },
  ],
  resource_changes: [
    {
      address: "aws_kms_key.raw",
      mode: "managed",
      type: "aws_kms_key",
      name: "raw",
      provider_name: "registry.terraform.io/hashicorp/aws",
      action_reason: "replace_because_cannot_update",
      change: {
        actions: ["delete", "create"],
        before: { region: "a", id: "k-1" },
        after: { region: "b" },
        after_unknown: { id: true },
        before_sensitive: {},
        after_sensitive: {},
        replace_paths: [["region"]],
      },
    },
  ],
  output_changes: new Map(),
  overlaidBy: [],
  findings: [
    {
      message: "aws_kms_key.raw is replaced while dev/app holds it",
      hint: "apply dev/app first, without it",
    },
  ],
};

export const INGESTION_PLAN: StackPlanned = {
  kind: "stack-planned",
  address: "dev/ingestion",
  summary: { ...NOTHING, add: 1 },
  lines: [
    { text: "  + aws_lambda_function.this will be created", tone: "add" },
    { text: "      + arn = (known after apply)", tone: "add" },
  ],
  resource_changes: [],
  output_changes: new Map(),
  overlaidBy: ["dev/storage/raw"],
  findings: [],
};

const PASSED: CheckResult = {
  name: "objects",
  kind: "s3",
  status: "passed",
  message: "s3://d2b-raw/seed has 3 objects",
  attempts: 1,
  seconds: 0.2,
  ranAs: "emulator",
};

const FAILED: CheckResult = {
  name: "invoke",
  kind: "lambda",
  status: "failed",
  message: "functionError is Unhandled, expected null",
  details: "Traceback:\n  boom\n",
  attempts: 3,
  seconds: 4,
  ranAs: "local process",
};

const SKIPPED: CheckResult = {
  name: "health",
  kind: "http",
  status: "skipped",
  message: "the emulator serves no load balancer",
  attempts: 0,
  seconds: 0,
  ranAs: "cloud",
};

const OUTCOMES: readonly (readonly [string, StackOutcome, number])[] = [
  ["dev/network", { status: "up-to-date" }, 0],
  ["dev/storage/raw", { status: "applied", summary: RAW_PLAN.summary }, 72.4],
  ["dev/ingestion", { status: "applied", summary: INGESTION_PLAN.summary }, 9.2],
  [
    "dev/warehouse",
    {
      status: "failed",
      message: 'Terraform ended with exit code 1 in "apply"',
      hint: "the role of the credentials may not create workgroups",
      details: [{ message: "creating Athena Workgroup: AccessDenied\nstatus code: 403", hint: "" }],
    },
    3.14,
  ],
  ["dev/app", { status: "blocked", by: "dev/warehouse" }, 0],
  ["dev/cluster", { status: "deferred", reason: "for_each needs outputs.network.zones of dev/network" }, 0],
  ["dev/dns", { status: "waiting", reason: "the plan differs from the approved one", approval: "a1b2c3" }, 2],
  ["dev/budget", { status: "unchanged" }, 1.5],
];

const CHECKS = [
  { address: "dev/storage/raw", result: PASSED },
  { address: "dev/ingestion", result: FAILED },
  { address: "dev/ingestion", result: SKIPPED },
];

const WARNING: TerraformEvent = {
  kind: "diagnostic",
  message: "Warning: Argument is deprecated",
  diagnostic: {
    severity: "warning",
    summary: "Argument is deprecated",
    detail: "Use acl of its own.",
    address: "aws_s3_bucket.raw",
  },
};

function outcomeEvent(address: string): StackFinished {
  const [, outcome, seconds] = OUTCOMES.find(([name]) => name === address)!;
  return finished(address, outcome, seconds);
}

/** One apply of a small platform in which everything happens that can happen. */
export const STORY: readonly RunEvent[] = [
  {
    kind: "run-announced",
    runId: "20250101-abc",
    command: "apply",
    platform: "d2b",
    target: "emulator",
    stacks: OUTCOMES.map(([address]) => address),
    upToDate: ["dev/network"],
    toPlan: 6,
    orphans: ["dev/old"],
  },
  { kind: "note", message: "TF_LOG is left out of Terraform's environment", hint: "say --log" },
  {
    kind: "stack-reasons",
    address: "dev/storage/raw",
    reasons: ["modules/aws/s3-bucket/main.tf changed", "it was never applied"],
  },
  started("dev/storage/raw", "init"),
  started("dev/storage/raw", "plan"),
  terraformEvent("dev/storage/raw", "plan", WARNING),
  RAW_PLAN,
  INGESTION_PLAN,
  started("dev/storage/raw", "apply"),
  terraformEvent("dev/storage/raw", "apply", WARNING),
  resourceEvent("dev/storage/raw", {
    kind: "apply_start",
    resource: "aws_s3_bucket.raw",
    message: "aws_s3_bucket.raw: Creating...",
  }),
  resourceEvent("dev/storage/raw", {
    kind: "apply_start",
    resource: "aws_kms_key.raw",
    message: "aws_kms_key.raw: Creating...",
  }),
  ...[10, 20, 30, 40, 50, 60].flatMap((elapsedSeconds) =>
    ["aws_s3_bucket.raw", "aws_kms_key.raw"].map((resource) =>
      resourceEvent("dev/storage/raw", {
        kind: "apply_progress",
        resource,
        elapsedSeconds,
        message: `${resource}: Still creating... [${elapsedSeconds}s elapsed]`,
      }),
    ),
  ),
  resourceEvent("dev/storage/raw", {
    kind: "apply_complete",
    resource: "aws_s3_bucket.raw",
    message: "aws_s3_bucket.raw: Creation complete after 1m2s [id=d2b-raw]",
  }),
  outcomeEvent("dev/storage/raw"),
  started("dev/storage/raw", "check"),
  { kind: "check-finished", ...CHECKS[0]! },
  started("dev/warehouse", "apply"),
  outcomeEvent("dev/warehouse"),
  outcomeEvent("dev/app"),
  outcomeEvent("dev/cluster"),
  outcomeEvent("dev/dns"),
  outcomeEvent("dev/budget"),
  outcomeEvent("dev/ingestion"),
  { kind: "check-finished", ...CHECKS[1]! },
  { kind: "check-finished", ...CHECKS[2]! },
  {
    kind: "run-finished",
    runId: "20250101-abc",
    command: "apply",
    outcomes: new Map(OUTCOMES.map(([address, outcome]) => [address, outcome])),
    checks: CHECKS,
    processes: new Map([
      ["init", 6],
      ["plan", 6],
      ["show", 6],
      ["apply", 3],
    ]),
    processSeconds: new Map([
      ["init", 12],
      ["plan", 30],
      ["show", 9],
      ["apply", 41.5],
    ]),
    seconds: 95,
    unreadDataSources: 2,
    orphans: ["dev/old"],
  },
];
