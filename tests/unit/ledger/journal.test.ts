import { spawn } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readJournal } from "../../../src/ledger/read-journal.ts";
import type { ProcessStarting, RunEvent, RunStarted } from "../../../src/ledger/run-event.ts";
import { journalFile, openRunJournal } from "../../../src/ledger/run-journal.ts";
import { findUnfinishedRuns } from "../../../src/ledger/unfinished-runs.ts";
import { identifyProcess } from "../../../src/stores/process-identity.ts";

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), "platc-journal-"));
});
afterEach(() => rm(project, { recursive: true, force: true }));

const at = "2026-01-31T04:04:25Z";
const started = (runId: string): RunEvent => ({
  ...{ kind: "run-started", format: 1, at, runId, platform: "d2b", command: "apply dev", target: "cloud" },
  owner: identifyProcess(),
});
const starting = (process: string): ProcessStarting => ({
  ...{ kind: "process-starting", at, process, address: "dev/raw", operation: "apply", logFolder: "/logs" },
  ...{ folder: "/work", stateKey: "k", backend: { type: "local", config: {} } },
});

async function write(runId: string, events: readonly RunEvent[]): Promise<string> {
  const journal = await openRunJournal(project, runId);
  await Promise.all(events.map((event) => journal.append(event)));
  await journal.close();
  return journal.file;
}

describe("a run's journal", () => {
  test("keeps the order of the calls", async () => {
    const events = [started("r"), ...Array.from({ length: 50 }, (_, i) => starting(`p${i}`))];
    const file = await write("r", events);
    expect(file).toBe(join(project, ".platc", "runs", "r", "journal.jsonl"));
    expect(await readJournal(file)).toEqual(events);
  });

  test("bears a line that was cut off, also in the middle after it was opened again", async () => {
    const file = await write("r", [started("r")]);
    await appendFile(file, '{"kind":"process-sta');
    expect(await readJournal(file)).toEqual([started("r")]);
    await write("r", [starting("p")]);
    expect(await readJournal(file)).toEqual([started("r"), starting("p")]);
    expect((await readFile(file, "utf8")).split("\n")).toHaveLength(4);
  });

  test("has nothing where there is none", async () => {
    expect(await readJournal(journalFile(project, "none"))).toEqual([]);
    expect(await findUnfinishedRuns(project)).toEqual({ runs: [], faults: [] });
  });

  test("of a newer platc or of somebody else is an error of its own", async () => {
    await write("a", [{ ...started("a"), format: 2 } as unknown as RunEvent]);
    await write("b", [starting("p")]);
    await write("c", [started("c")]);
    const { owner: _owner, ...older } = started("d") as RunStarted;
    await write("d", [older as RunEvent]);
    await write("e", [started("e"), { kind: "process-started", at, process: "p" } as RunEvent]);
    const { runs, faults } = await findUnfinishedRuns(project);
    expect(runs.map(({ run }) => run.runId)).toEqual(["c"]);
    expect(faults.map((fault) => fault.message.replace(project, ""))).toEqual([
      "journal: '/.platc/runs/a/journal.jsonl' was written by a newer platc (format 2, this one knows 1)",
      "journal: '/.platc/runs/b/journal.jsonl' does not begin with the start of a run",
      "journal: '/.platc/runs/d/journal.jsonl' is no journal that platc can read: 'run-started.owner' should be there, and is not",
      "journal: '/.platc/runs/e/journal.jsonl' is no journal that platc can read: 'process-started.identity' should be there, and is not",
    ]);
    const hintOf = (run: string) =>
      `if an earlier platc wrote it, run that one until nothing is under way; else delete '/.platc/runs/${run}', and what that run may have left is not put in order: locks, and what no state holds`;
    expect(faults.map((fault) => fault.hint.replace(project, ""))).toEqual([
      "update platc",
      ...["b", "d", "e"].map(hintOf),
    ]);
  });
});

describe("findUnfinishedRuns", () => {
  test("names what has no end, and leaves out what has", async () => {
    const me = identifyProcess();
    await write("1-done", [
      started("1-done"),
      starting("p"),
      { kind: "run-ended", at, outcome: "recovered" },
    ]);
    await write("2-open", [
      started("2-open"),
      starting("ended"),
      { kind: "process-started", at, process: "ended", identity: me },
      { kind: "process-ended", at, process: "ended", exitCode: 0, signal: null },
      starting("alive"),
      { kind: "process-started", at, process: "alive", identity: me },
      { kind: "lock-seen", at, process: "alive", lockId: "74acb71b" },
      starting("gone"),
      { kind: "process-started", at, process: "gone", identity: { ...me, born: "1" } },
      starting("far"),
      { kind: "process-started", at, process: "far", identity: { ...me, host: "elsewhere" } },
      starting("never noted"),
    ]);
    const { runs } = await findUnfinishedRuns(project);
    expect(runs.map(({ run, ownerStatus }) => [run.runId, ownerStatus])).toEqual([["2-open", "alive"]]);
    expect(runs[0]?.processes.map(({ start, status, lockId }) => [start.process, status, lockId])).toEqual([
      ["alive", "alive", "74acb71b"],
      ["gone", "dead", null],
      ["far", "unknown", null],
      ["never noted", "unknown", null],
    ]);
  });

  test("after kill -9 of platc, finds the process that it had started, and sees it end", async () => {
    const script = join(project, "platc.mjs");
    await build({
      stdin: { contents: KILLED, resolveDir: import.meta.dirname, loader: "ts" },
      ...{ outfile: script, bundle: true, platform: "node", format: "esm", logLevel: "error" },
    });
    const platc = spawn(process.execPath, [script, project], { stdio: ["ignore", "pipe", "inherit"] });
    const child = await new Promise<number>((resolve) =>
      platc.stdout.on("data", (text) => resolve(Number(text))),
    );
    platc.kill("SIGKILL");
    await new Promise((resolve) => platc.once("exit", resolve));
    const [first] = (await findUnfinishedRuns(project)).runs;
    expect([
      first?.ownerStatus,
      first?.processes.map(({ status, identity }) => [status, identity?.pid]),
    ]).toEqual(["dead", [["alive", child]]]);
    process.kill(child, "SIGKILL");
    await expect
      .poll(async () => (await findUnfinishedRuns(project)).runs[0]?.processes[0]?.status, {
        timeout: 60_000,
      })
      .toBe("dead");
  });
});

const KILLED = `
import { spawn } from "node:child_process";
import { openRunJournal } from "../../../src/ledger/run-journal.ts";
import { identifyProcess } from "../../../src/stores/process-identity.ts";
const at = new Date().toISOString();
const journal = await openRunJournal(process.argv[2], "r");
await journal.append({ kind: "run-started", format: 1, at, runId: "r", platform: "d2b", command: "apply", target: "cloud", owner: identifyProcess() });
await journal.append({ kind: "process-starting", at, process: "p", address: "dev/raw", operation: "apply", logFolder: "", folder: "", stateKey: "k", backend: { type: "local", config: {} } });
const child = spawn("sleep", ["60"], { stdio: "ignore", detached: true });
await journal.append({ kind: "process-started", at, process: "p", identity: identifyProcess(child.pid) });
console.log(child.pid);
setInterval(() => {}, 1000);
`;
