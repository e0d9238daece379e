import { expect, test } from "vitest";
import type { CheckResult } from "../../../src/checks/check-result.ts";
import { exitCode } from "../../../src/reports/exit-code.ts";
import type { StackOutcome } from "../../../src/run/run-event.ts";
import { NOTHING } from "./story.ts";

const PLANNED: StackOutcome = { status: "planned", summary: { ...NOTHING, add: 1 } };
const APPLIED: StackOutcome = { status: "applied", summary: { ...NOTHING, add: 1 } };
const FAILED: StackOutcome = { status: "failed", message: "no", details: [] };
const WAITING: StackOutcome = { status: "waiting", reason: "deferred", approval: "a1" };
const DEFERRED: StackOutcome = { status: "deferred", reason: "for_each" };
const INTERRUPTED: StackOutcome = { status: "interrupted" };

function codeOf(
  outcomes: Record<string, StackOutcome>,
  { detailedExitcode = false, check }: { detailedExitcode?: boolean; check?: CheckResult["status"] } = {},
): number {
  const result = { name: "n", kind: "k", message: "", attempts: 1, seconds: 0, ranAs: "cloud" } as const;
  const checks = check === undefined ? [] : [{ address: "a", result: { ...result, status: check } }];
  return exitCode({ outcomes: new Map(Object.entries(outcomes)), checks }, { detailedExitcode });
}

test("all is well", () => {
  expect(codeOf({})).toBe(0);
  expect(codeOf({ a: APPLIED, b: { status: "up-to-date" } }, { detailedExitcode: true })).toBe(0);
});

test("changes count only when they are asked for", () => {
  expect(codeOf({ a: PLANNED })).toBe(0);
  expect(codeOf({ a: PLANNED }, { detailedExitcode: true })).toBe(2);
  expect(codeOf({ a: DEFERRED }, { detailedExitcode: true })).toBe(2);
});

test("drift is a change", () => {
  const drifted: StackOutcome = { status: "drifted", changed: 1, gone: 0 };
  expect(codeOf({ a: drifted, b: { status: "no-drift" } })).toBe(0);
  expect(codeOf({ a: drifted }, { detailedExitcode: true })).toBe(2);
  expect(
    codeOf({ a: { status: "no-drift", apart: 1 }, b: { status: "not-applied" } }, { detailedExitcode: true }),
  ).toBe(0);
});

test("a failure comes before changes and before waiting", () => {
  expect(codeOf({ a: PLANNED, b: FAILED, c: WAITING }, { detailedExitcode: true })).toBe(1);
});

test("an interruption comes before a failure", () => {
  expect(codeOf({ a: FAILED, b: INTERRUPTED })).toBe(130);
});

test("a failed check fails the run, one that was skipped does not", () => {
  expect(codeOf({ a: APPLIED }, { check: "failed" })).toBe(1);
  expect(codeOf({ a: APPLIED }, { check: "skipped" })).toBe(0);
});

test("waiting", () => {
  expect(codeOf({ a: APPLIED, b: WAITING }, { detailedExitcode: true })).toBe(3);
});

test("what is blocked counts as what blocks it", () => {
  const blocked = (by: string): StackOutcome => ({ status: "blocked", by });
  expect(codeOf({ a: FAILED, b: blocked("a") })).toBe(1);
  expect(codeOf({ a: WAITING, b: blocked("a"), c: blocked("b") })).toBe(3);
  expect(codeOf({ a: DEFERRED, b: blocked("a") })).toBe(0);
  expect(codeOf({ b: blocked("elsewhere") })).toBe(1);
  expect(codeOf({ a: blocked("b"), b: blocked("a") })).toBe(1);
});
