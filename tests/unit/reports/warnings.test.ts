import { describe, expect, test } from "vitest";
import { htmlReport } from "../../../src/reports/html-report.ts";
import { jsonLinesReport } from "../../../src/reports/json-lines-report.ts";
import { junitReport } from "../../../src/reports/junit-report.ts";
import { markdownReport } from "../../../src/reports/markdown-report.ts";
import { plainReport } from "../../../src/reports/plain-report.ts";
import type { Reporter } from "../../../src/reports/reporter.ts";
import { createRunWarnings } from "../../../src/run/run-warnings.ts";
import type { RunEvent, RunFinished, StackOutcome } from "../../../src/run/run-event.ts";
import type { TerraformDiagnostic } from "../../../src/terraform/events.ts";
import { finished, NOTHING, started, terraformEvent } from "./story.ts";

const ASSERTION: TerraformDiagnostic = {
  severity: "warning",
  summary: "Check block assertion failed",
  detail: "the queue is not empty",
  place: { file: "modules/a/main.tf", line: 6, code: "condition = false", block: "module.a.check.empty" },
};
const DEPRECATED: TerraformDiagnostic = {
  severity: "warning",
  summary: "Argument is deprecated",
  detail: "Use b.",
  address: "module.a.x_y.z",
};

function warned(address: string, step: "plan" | "apply", diagnostic: TerraformDiagnostic): RunEvent {
  return terraformEvent(address, step, { kind: "diagnostic", message: "", diagnostic });
}

function told(events: readonly RunEvent[]): readonly string[] {
  const warnings = createRunWarnings();
  for (const event of events) warnings.take(event);
  return warnings.all().map(({ address, message }) => `${address}: ${message}`);
}

describe("what is kept of Terraform's warnings", () => {
  test("each once, also where a plan and its apply say it", () => {
    const events = [
      started("dev/a", "plan"),
      warned("dev/a", "plan", DEPRECATED),
      warned("dev/a", "plan", ASSERTION),
      started("dev/b", "plan"),
      warned("dev/b", "plan", DEPRECATED),
      started("dev/a", "apply"),
      warned("dev/a", "apply", DEPRECATED),
      warned("dev/a", "apply", ASSERTION),
    ];
    expect(told(events)).toEqual([
      "dev/a: Argument is deprecated",
      "dev/a: Check block assertion failed",
      "dev/b: Argument is deprecated",
    ]);
  });

  test("an assertion that holds after the apply, or in the next plan, has not failed", () => {
    const plan = [started("dev/a", "plan"), warned("dev/a", "plan", ASSERTION)];
    expect(told(plan)).toHaveLength(1);
    expect(told([...plan, started("dev/a", "apply")])).toEqual([]);
    expect(told([...plan, started("dev/a", "plan")])).toEqual([]);
    const later = { ...ASSERTION, summary: "Check block assertion known after apply" };
    expect(told([started("dev/a", "plan"), warned("dev/a", "plan", later)])).toEqual([]);
  });
});

const OUTCOME: StackOutcome = { status: "applied", summary: { ...NOTHING, add: 1 } };

function runOf(diagnostics: readonly TerraformDiagnostic[]): readonly RunEvent[] {
  const events = [
    started("dev/a", "apply"),
    ...diagnostics.map((diagnostic) => warned("dev/a", "apply", diagnostic)),
  ];
  const warnings = createRunWarnings();
  for (const event of events) warnings.take(event);
  const end: RunFinished = {
    kind: "run-finished",
    runId: "r",
    command: "apply",
    outcomes: new Map([["dev/a", OUTCOME]]),
    checks: [],
    processes: new Map(),
    processSeconds: new Map(),
    seconds: 1,
    unreadDataSources: 0,
    orphans: [],
    warnings: warnings.all(),
  };
  return [...events, finished("dev/a", OUTCOME, 1), end];
}

function textOf(
  open: (write: (text: string) => void) => Reporter,
  diagnostics: readonly TerraformDiagnostic[] = [ASSERTION, DEPRECATED],
): string {
  let text = "";
  const report = open((more) => (text += more));
  for (const event of runOf(diagnostics)) report.tell(event);
  report.close();
  return text;
}

const AT = "at modules/a/main.tf:6: condition = false";

describe("every report tells them", () => {
  test("plain: at once, at the stack, in its row, in the summary and again at the end", () => {
    expect(textOf((write) => plainReport({ write }))).toMatchInlineSnapshot(`
      "dev/a: applying
      warning: dev/a: module.a.check.empty: Check block assertion failed
        at modules/a/main.tf:6: condition = false
        the queue is not empty
      warning: dev/a: module.a.x_y.z: Argument is deprecated
        Use b.
      ! dev/a  applied: 1 added; 1 assertion failed (1.0 s)

      stack  outcome  +  ~  -  seconds
      dev/a  applied  1  0  0      1.0  1 assertion failed, 1 warning

      Apply finished in 1.0 s: 1 applied; 1 assertion failed, 1 warning
      Resources: 1 added
      No Terraform process was started
      assertion failed: dev/a: module.a.check.empty: Check block assertion failed
        at modules/a/main.tf:6: condition = false
        the queue is not empty
      warning: dev/a: module.a.x_y.z: Argument is deprecated
        Use b.
      next: look at the assertions that failed: to Terraform they are warnings, and the exit code is 0
      "
    `);
  });

  test("nothing is said of a run without any", () => {
    expect(textOf((write) => plainReport({ write }), [])).not.toMatch(/warning|assertion/);
  });

  test("JSON: beside the diagnostics themselves, with the end of the run", () => {
    const last = textOf((write) => jsonLinesReport({ write }))
      .trimEnd()
      .split("\n")
      .at(-1)!;
    expect((JSON.parse(last) as { warnings: unknown }).warnings).toEqual([
      {
        address: "dev/a",
        message: ASSERTION.summary,
        hint: ASSERTION.detail,
        resource: "module.a.check.empty",
        place: ASSERTION.place,
        isAssertion: true,
      },
      { address: "dev/a", message: DEPRECATED.summary, hint: "Use b.", resource: "module.a.x_y.z" },
    ]);
  });

  test("JUnit: on the stack's case, which passes", () => {
    const text = textOf((write) => junitReport({ write }));
    expect(text).toContain('failures="0"');
    expect(text).toContain(
      `<system-err>assertion failed: module.a.check.empty: Check block assertion failed\n${AT}\nthe queue is not empty\nwarning: module.a.x_y.z: Argument is deprecated\nUse b.</system-err>`,
    );
  });

  test("Markdown: in the row, in the facts, and with the stack, unfolded", () => {
    const text = textOf((write) => markdownReport({ write, environment: "dev" }));
    expect(text).toContain(
      "| <code>dev/a</code> | applied | 1 | 0 | 0 | 0 | 1 assertion failed, 1 warning |",
    );
    expect(text).toContain("1 applied; 1 assertion failed, 1 warning");
    expect(text).toContain(
      "<details open><summary><code>dev/a</code> <b>1 assertion failed, 1 warning</b>, applied</summary>",
    );
    expect(text).toContain(
      `- **Assertion failed:** module.a.check.empty: Check block assertion failed (${AT} the queue is not empty)`,
    );
  });

  test("HTML: with a badge", () => {
    const text = textOf((write) => htmlReport({ write }));
    expect(text).toContain('<span class="badge warn">1 assertion failed, 1 warning</span>');
    expect(text).toContain(
      `module.a.check.empty: Check block assertion failed\n${AT}\nthe queue is not empty`,
    );
  });
});
