import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withFileLock } from "../../../src/stores/file-lock.ts";
import { identifyProcess } from "../../../src/stores/process-identity.ts";

let folder: string;
let lock: string;
let holder: ChildProcess;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "platc-lock-"));
  lock = join(folder, "lock");
  holder = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  await once(holder, "spawn");
  writeFileSync(lock, JSON.stringify({ ...identifyProcess(holder.pid), token: "theirs" }));
});

afterEach(() => {
  holder.kill("SIGKILL");
  rmSync(folder, { recursive: true });
});

test("a living process is waited for no longer than is said", async () => {
  const work = withFileLock(lock, async () => "done", { waitMs: 0 });
  await expect(work).rejects.toThrow(`process ${holder.pid} on `);
  expect(readdirSync(folder)).toEqual(["lock"]);
});

test("with patience as long as it lives, and it is told whom that is", async () => {
  const heard: number[] = [];
  const work = withFileLock(lock, async () => "done", {
    waitMs: 0,
    isPatient: true,
    onWait: ({ pid }) => {
      heard.push(pid);
      holder.kill("SIGKILL");
    },
  });
  expect(await work).toBe("done");
  expect(heard).toEqual([holder.pid]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a folder that its holder takes away is there again for the next one", async () => {
  const work = withFileLock(lock, async () => "done", {
    isPatient: true,
    onWait: () => rmSync(folder, { recursive: true }),
  });
  expect(await work).toBe("done");
  expect(readdirSync(folder)).toEqual([]);
});

test("waiting with patience can be ended", async () => {
  const ending = new AbortController();
  const work = withFileLock(lock, async () => "done", {
    isPatient: true,
    signal: ending.signal,
    onWait: () => ending.abort(),
  });
  await expect(work).rejects.toThrow("aborted");
  expect(readdirSync(folder)).toEqual(["lock"]);
});
