import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { runCommandCheck } from "../../../src/checks/command-check.ts";
import { runCheck } from "../../../src/checks/run-check.ts";
import { checkOf, contextOf, NOTHING_KNOWN } from "./check-fixtures.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "platc-command-")));
afterAll(() => rmSync(folder, { recursive: true }));

const check = (settings: object, more: object = {}, environment: Record<string, string> = {}) =>
  runCheck(
    checkOf("command", settings, more),
    NOTHING_KNOWN,
    contextOf({ specFolder: folder, environment: { PATH: process.env["PATH"], ...environment } }),
  );
const seen = async (...given: Parameters<typeof check>) => {
  const { status, message, details } = await check(...given);
  return [status, message, details];
};

test("passes where the program exits with 0", async () => {
  expect(await check({ run: ["true"] })).toMatchObject({
    status: "passed",
    message: "'true' exited with 0",
    attempts: 1,
  });
  expect(await seen({ run: ["echo", "$HOME;", "ls"], contains: "$HOME; ls" })).toEqual([
    "passed",
    "'echo $HOME; ls' exited with 0",
    undefined,
  ]);
});

test("runs beside the spec with the environment of the target and its own", async () => {
  writeFileSync(join(folder, "tell.sh"), '#!/bin/sh\necho "$(pwd) $AWS_REGION $EXTRA $USER"\nexit 3\n', {
    mode: 0o755,
  });
  expect(await seen({ run: ["./tell.sh"], env: { EXTRA: 5 } }, {}, { AWS_REGION: "eu-west-1" })).toEqual([
    "failed",
    "'./tell.sh' exited with 3",
    `${folder} eu-west-1 5`,
  ]);
});

test.each<[object, string, string?]>([
  [
    { run: ["sh", "-c", "echo out; echo err >&2; exit 7"] },
    "'sh -c echo out; echo err >&2; exit 7' exited with 7",
    "out\nerr",
  ],
  [{ run: ["sh", "-c", "kill -9 $$"] }, "'sh -c kill -9 $$' was ended by SIGKILL"],
  [{ run: ["echo", "a"], contains: "b" }, `'echo a' exited with 0, but its output does not hold "b"`, "a"],
  [{ run: ["no-such-program"] }, "'no-such-program' could not be started: there is no such program"],
  [{ run: ["/"] }, "'/' could not be started: it may not be executed"],
  [{ run: ["true"], cwd: "absent" }, "there is no folder 'absent' beside the spec"],
  [{ run: [] }, "'run' must name a program"],
  [{ run: "true" }, `'run' must be a list of texts, and is "true"`],
])("fails: %j", async (settings, message, details) => {
  expect(await seen(settings)).toEqual(["failed", message, details]);
});

test("ends the program and all that it started when time is up, whatever they make of SIGTERM", async () => {
  const file = join(folder, "alive");
  const script = `trap '' TERM; echo began; (trap '' TERM; while :; do date +%s%N > ${file}; sleep 0.1; done) & wait`;
  const time = new AbortController();
  const running = runCommandCheck({
    settings: new Map([["run", ["sh", "-c", script]]]),
    context: contextOf({ specFolder: folder }),
    ...{ signal: time.signal, timeoutSeconds: 5, redact: String },
  });
  while (!existsSync(file)) await sleep(20);
  time.abort();
  expect(await running).toEqual({
    status: "failed",
    message: `'sh -c ${script}' did not end within 5 s`,
    details: "began",
  });
  await sleep(300);
  const before = readFileSync(file, "utf8");
  await sleep(300);
  expect(readFileSync(file, "utf8")).toBe(before);
});

test("does not wait for what the program leaves running", async () => {
  const result = await check({ run: ["sh", "-c", "sleep 20 & echo $!"] });
  expect(result.status).toBe("passed");
  expect(result.seconds).toBeLessThan(3);
});

test("shows the end of a long output, without secrets", async () => {
  const script = "for i in $(seq 1 5000); do echo line $i; done; echo $AWS_SECRET_ACCESS_KEY; exit 1";
  const { details } = await check(
    { run: ["sh", "-c", script] },
    {},
    { AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI" },
  );
  expect(details).toMatch(/^…\nline 4\d\d\d\n/);
  expect(details).toMatch(/\nline 5000\n\(sensitive\)$/);
});
