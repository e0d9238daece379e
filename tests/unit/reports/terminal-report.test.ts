import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { plainReport } from "../../../src/reports/plain-report.ts";
import { terminalReport } from "../../../src/reports/terminal-report.ts";
import { ansiPaint } from "../../../src/text/paint.ts";
import { displayWidth } from "../../../src/text/terminal-text.ts";
import { createScreen } from "./screen.ts";
import { finished, INGESTION_PLAN, NOTHING, RAW_PLAN, resourceEvent, started, STORY } from "./story.ts";

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
});
afterEach(() => {
  vi.useRealTimers();
});

const UNCHANGED = { status: "unchanged" } as const;

test("what runs is below what is finished", () => {
  const screen = createScreen(60);
  const report = terminalReport({ stream: screen, paint: ansiPaint });
  report.tell(started("dev/storage/raw", "init"));
  report.tell(started("dev/app", "plan"));
  expect(screen.text()).toBe("");
  vi.advanceTimersByTime(100);
  expect(screen.text()).toMatchInlineSnapshot(`
    "⠙ dev/storage/raw  init     0:00
    ⠙ dev/app          plan     0:00
      0 of 2 stacks done, 0:00
    "
  `);
  expect(screen.isCursorShown()).toBe(false);

  report.tell(finished("dev/app", UNCHANGED, 0.1));
  report.tell(INGESTION_PLAN);
  report.tell(started("dev/storage/raw", "apply"));
  const begins = { kind: "apply_start", message: "" } as const;
  report.tell(resourceEvent("dev/storage/raw", { ...begins, resource: "aws_s3_bucket_with_a_long.name" }));
  report.tell(resourceEvent("dev/storage/raw", { ...begins, resource: "aws_kms_key.raw" }));
  vi.advanceTimersByTime(65_000);
  expect(screen.text()).toMatchInlineSnapshot(`
    "✓ dev/app  no changes (0.1 s)
    dev/ingestion  plan: 1 to add
      note: planned against planned outputs of dev/storage/raw:
    will be planned again and compared at its turn
        + aws_lambda_function.this will be created
            + arn = (known after apply)

    ⠙ dev/storage/raw  apply    1:05 aws_s3_bucket_with_a… (+1)
      1 of 2 stacks done, 1:05
    "
  `);

  report.tell(finished("dev/storage/raw", { status: "applied", summary: { ...NOTHING, add: 2 } }, 65));
  expect(screen.text()).toMatchInlineSnapshot(`
    "✓ dev/app  no changes (0.1 s)
    dev/ingestion  plan: 1 to add
      note: planned against planned outputs of dev/storage/raw:
    will be planned again and compared at its turn
        + aws_lambda_function.this will be created
            + arn = (known after apply)

    ✓ dev/storage/raw  applied: 2 added (1 min 5 s)
    "
  `);
  expect(screen.isCursorShown()).toBe(true);
  report.close();
});

test("what stays is what a plain report says of the same, but for its progress", () => {
  const screen = createScreen(200);
  const report = terminalReport({ stream: screen, paint: ansiPaint, why: true });
  for (const event of STORY) {
    report.tell(event);
    vi.advanceTimersByTime(150);
  }
  report.close();
  const plain: string[] = [];
  const plainOne = plainReport({ write: (text) => plain.push(text), why: true });
  STORY.forEach((event) => plainOne.tell(event));
  const kept = plain
    .join("")
    .split("\n")
    .filter((line) => !/^dev\/\S+: /.test(line));
  expect(screen.text().split("\n")).toEqual(kept);
});

test("it is drawn at most ten times a second, with one write each time", () => {
  const screen = createScreen(80);
  const report = terminalReport({ stream: screen });
  report.tell(started("dev/a", "apply"));
  for (let at = 0; at < 1000; at++) {
    report.tell({ kind: "note", message: `n${at}` });
    vi.advanceTimersByTime(1);
  }
  expect(screen.writes()).toBe(10);
  report.close();
});

test("no line is wider than the terminal, nor are there more than it has rows", () => {
  for (const columns of [1, 5, 20, 33, 47, 80]) {
    const screen = createScreen(columns, 8);
    const report = terminalReport({ stream: screen });
    for (let at = 0; at < 12; at++) {
      const address = `dev/金融/a-stack-with-a-long-name-${at}`;
      report.tell(started(address, "destroy"));
      report.tell(
        resourceEvent(address, {
          kind: "apply_start",
          resource: "aws_s3_bucket.金融金融金融金融",
          message: "",
        }),
      );
    }
    vi.advanceTimersByTime(100);
    const lines = screen.text().trimEnd().split("\n");
    expect(lines.length).toBeLessThan(8);
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(Math.max(1, columns - 1));
    report.close();
    expect(screen.text()).toBe("");
  }
});

test("a terminal that is made narrower is drawn over cleanly", () => {
  const stream = { columns: 80, rows: 24, written: "", write: (text: string) => (stream.written += text) };
  const report = terminalReport({ stream });
  report.tell(started(`dev/${"a".repeat(30)}`, "apply"));
  vi.advanceTimersByTime(100);
  stream.columns = 30;
  stream.written = "";
  vi.advanceTimersByTime(100);
  // 51 cells of a stack and 22 of the progress, on a terminal of 30.
  expect(stream.written).toMatch(/^\u001b\[3A\r/);
  report.close();
});

test("a reason that its row has no room for has lines of its own; a terminal of unknown size is taken for 80 by 24", () => {
  const written: string[] = [];
  const report = terminalReport({ stream: { columns: 0, rows: 0, write: (text) => written.push(text) } });
  const reason = `${"because ".repeat(20)}${"r".repeat(100)}`;
  report.tell(finished("dev/a", { status: "deferred", reason }));
  report.tell(STORY.at(-1)!);
  report.close();
  const lines = written.join("").split("\n");
  const row = lines.findIndex((line) => line.startsWith("dev/a "));
  expect(lines[row]).toMatch(/^dev\/a +deferred$/);
  expect(lines.slice(row + 1, row + 4)).toEqual([
    `    ${"because ".repeat(9).trimEnd()}`,
    `    ${"because ".repeat(9).trimEnd()}`,
    "    because because",
  ]);
  expect(lines[row + 4]).toBe(`    ${"r".repeat(75)}…`);
});

test("a question has the screen to itself", () => {
  const screen = createScreen(80);
  const report = terminalReport({ stream: screen });
  report.tell(started("dev/a", "apply"));
  vi.advanceTimersByTime(100);
  const resume = report.pause();
  expect(screen.isCursorShown()).toBe(true);
  screen.write("Apply? yes\n");
  report.tell(finished("dev/b", UNCHANGED, 1));
  vi.advanceTimersByTime(1000);
  expect(screen.text()).toBe("Apply? yes\n");
  resume();
  expect(screen.text()).toMatchInlineSnapshot(`
    "Apply? yes
    ✓ dev/b  no changes (1.0 s)
    ⠙ dev/a  apply    0:01
      1 of 2 stacks done, 0:01
    "
  `);
  report.close();
  expect(screen.text()).toBe("Apply? yes\n✓ dev/b  no changes (1.0 s)\n");
});

test("the cursor is given back by close, and when the process ends without it", () => {
  const listeners = process.listenerCount("exit");
  const screen = createScreen(80);
  const report = terminalReport({ stream: screen });
  report.tell(started("dev/a", "apply"));
  vi.advanceTimersByTime(100);
  expect(screen.isCursorShown()).toBe(false);
  (process.listeners("exit").at(-1) as () => void)();
  expect(screen.isCursorShown()).toBe(true);
  report.close();
  expect(process.listenerCount("exit")).toBe(listeners);
});

test("a long plan is told as counts where that is asked for, and names what shows it whole", () => {
  const plan = { ...RAW_PLAN, findings: [], short: [{ text: "  + aws_a: 41 to add", tone: "add" as const }] };
  const [shortly, whole] = [true, false].map((isShort) => {
    const screen = createScreen(200);
    const report = terminalReport({ stream: screen, isShort });
    report.tell(plan);
    report.close();
    return screen.text();
  });
  expect(shortly).toContain(
    "    + aws_a: 41 to add\n  hint: --full shows every change here; --markdown FILE and --html FILE write them\n",
  );
  expect(shortly).not.toContain("aws_kms_key");
  expect(whole).toContain("-/+ aws_kms_key.raw must be replaced");
  expect(whole).not.toContain("--full");
});
