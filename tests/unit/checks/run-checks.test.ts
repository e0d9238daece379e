import { expect, test } from "vitest";
import type { CheckResult } from "../../../src/checks/check-result.ts";
import { RUNNER_BY_KIND } from "../../../src/checks/check-kinds.ts";
import { runCheck } from "../../../src/checks/run-check.ts";
import { runChecks } from "../../../src/checks/run-checks.ts";
import { CHECK_KINDS } from "../../../src/stacks/read-checks.ts";
import type { CheckSpec } from "../../../src/stacks/stack.ts";
import { checkOf, contextOf, NOTHING_KNOWN } from "./check-fixtures.ts";

const named = (name: string, ...after: string[]) => checkOf("tcp", {}, { name, after });

/** Runs checks of which some fail; gives name, status and message of each. */
async function outcomes(checks: readonly CheckSpec[], failing: readonly string[] = [], signal?: AbortSignal) {
  const told: string[] = [];
  const results = await runChecks({
    checks,
    known: NOTHING_KNOWN,
    context: contextOf(signal === undefined ? {} : { signal }),
    onResult: ({ name }) => told.push(name),
    run: async (check): Promise<CheckResult> => ({
      ...{ name: check.name, kind: check.kind, attempts: 1, seconds: 0, ranAs: "cloud" },
      ...(failing.includes(check.name)
        ? { status: "failed", message: "no" }
        : { status: "passed", message: "yes" }),
    }),
  });
  expect(told).toEqual(results.map(({ name }) => name));
  return results.map(({ name, status, message }) => `${name} ${status}: ${message}`);
}

test("goes by name, and by what each comes after", async () => {
  expect(await outcomes([named("c"), named("a", "b"), named("b", "c"), named("d")])).toEqual([
    "c passed: yes",
    "b passed: yes",
    "a passed: yes",
    "d passed: yes",
  ]);
});

test("skips what comes after a failure, and nothing else", async () => {
  expect(await outcomes([named("a"), named("b", "a"), named("c", "b"), named("d")], ["a"])).toEqual([
    "a failed: no",
    "b skipped: it comes after 'a', which failed",
    "c skipped: it comes after 'b', which was skipped",
    "d passed: yes",
  ]);
});

test("ends where checks wait for each other or for one that is not there", async () => {
  expect(await outcomes([named("a", "b"), named("b", "a"), named("c"), named("d", "x")])).toEqual([
    "c passed: yes",
    "d skipped: it comes after 'x', which did not run",
    "a skipped: it comes after 'b', which did not run",
    "b skipped: it comes after 'a', which was skipped",
  ]);
});

test("begins nothing after an interruption", async () => {
  expect(await outcomes([named("a")], [], AbortSignal.abort())).toEqual([
    "a skipped: interrupted before it began",
  ]);
});

test("a check that cannot be computed fails without a try", async () => {
  const settings = { host: { kind: "computed", parts: [{ kind: "self", output: "host", path: [] }] } };
  expect(await runCheck(checkOf("tcp", settings), NOTHING_KNOWN, contextOf())).toEqual({
    ...{ name: "it", kind: "tcp", status: "failed", message: "the stack has no output 'host'" },
    ...{ attempts: 0, seconds: expect.any(Number), ranAs: "cloud" },
  });
});

test("a check of no kind says which there are", async () => {
  expect((await runCheck(checkOf("", {}), NOTHING_KNOWN, contextOf())).message).toBe(
    "the check says none of http, tcp, command, s3, lambda, sql, quality, glue",
  );
});

test("tries as often as it may, with pauses, until it passes", async () => {
  const script = 'n=$(cat "$N" 2>/dev/null || echo 0); n=$((n+1)); echo $n > "$N"; [ $n -ge 3 ]';
  const run = (attempts: number, file: string) =>
    runCheck(
      checkOf("command", { run: ["sh", "-c", script], env: { N: file } }, { attempts, intervalSeconds: 0.1 }),
      NOTHING_KNOWN,
      contextOf(),
    );
  const base = `/tmp/platc-tries-${process.pid}-${performance.now()}`;
  expect(await run(2, `${base}-a`)).toMatchObject({ status: "failed", attempts: 2 });
  const third = await run(5, `${base}-b`);
  expect(third).toMatchObject({ status: "passed", attempts: 3 });
  expect(third.seconds).toBeGreaterThanOrEqual(0.2);
});

test("an interruption ends a check and its pauses at once", async () => {
  const during = await runCheck(
    checkOf("command", { run: ["sleep", "20"] }, { attempts: 3 }),
    NOTHING_KNOWN,
    contextOf({ signal: AbortSignal.timeout(200) }),
  );
  expect(during).toMatchObject({ status: "skipped", message: "interrupted before it ended", attempts: 1 });
  const between = await runCheck(
    checkOf("command", { run: ["false"] }, { attempts: 3, intervalSeconds: 60 }),
    NOTHING_KNOWN,
    contextOf({ signal: AbortSignal.timeout(300) }),
  );
  expect(between).toMatchObject({ status: "skipped", message: "interrupted before it ended", attempts: 1 });
  expect(during.seconds + between.seconds).toBeLessThan(5);
});

test("an interruption is not taken for a port that is closed", async () => {
  const settings = { host: "127.0.0.1", port: 9, expect: "closed" };
  const context = contextOf({ signal: AbortSignal.abort() });
  expect((await runCheck(checkOf("tcp", settings), NOTHING_KNOWN, context)).status).toBe("skipped");
});

test("knows every kind that a spec may write", () => {
  expect(new Set(RUNNER_BY_KIND.keys())).toEqual(CHECK_KINDS);
});

test.each([
  ["s3", {}, "emulator"],
  ["lambda", {}, "local process"],
  ["glue", {}, "local process"],
  ["command", {}, "local process"],
  ["http", { url: "http://127.0.0.1:1/x" }, "emulator"],
  ["http", { url: "http://localhost:2/" }, "local process"],
  ["http", { url: "https://acme.example.com/" }, "cloud"],
  ["tcp", { host: "127.0.0.1", port: 1 }, "emulator"],
  ["tcp", { host: "db.example.com", port: "5432" }, "cloud"],
])("on the emulator, %s %j ran as %s", async (kind, settings, due) => {
  const environment = { AWS_ENDPOINT_URL: "http://127.0.0.1:1" };
  const context = contextOf({ target: "emulator", environment, signal: AbortSignal.abort() });
  expect((await runCheck(checkOf(kind, settings), NOTHING_KNOWN, context)).ranAs).toBe(due);
});
