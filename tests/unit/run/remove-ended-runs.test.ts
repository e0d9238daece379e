import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { RunEvent } from "../../../src/ledger/run-event.ts";
import { journalFile, openRunJournal } from "../../../src/ledger/run-journal.ts";
import { removeEndedRuns } from "../../../src/run/remove-ended-runs.ts";
import { identifyProcess } from "../../../src/stores/process-identity.ts";

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "platc-runs-"));
});
afterEach(() => rmSync(project, { recursive: true }));

const at = "2026-01-31T04:04:25Z";
const ended = (outcome: "succeeded" | "recovered"): RunEvent => ({ kind: "run-ended", at, outcome });
const starting: RunEvent = {
  ...{ kind: "process-starting", at, process: "p", address: "dev/a", operation: "apply", logFolder: "/l" },
  ...{ folder: "/f", stateKey: "k", backend: { type: "local", config: {} } },
};

async function write(runId: string, ...events: readonly RunEvent[]): Promise<void> {
  const journal = await openRunJournal(project, runId);
  await journal.append({
    ...{ kind: "run-started", format: 1, at, runId, platform: "t", command: "plan", target: "cloud" },
    owner: identifyProcess(),
  });
  for (const event of events) await journal.append(event);
  await journal.close();
}

const runs = (): readonly string[] => readdirSync(join(project, ".platc", "runs")).sort();
const number = (at: number): string => String(at).padStart(3, "0");

test("keeps the newest 50 runs, and of the older ones those that recovery needs", async () => {
  await write("000-open");
  await write("001-open-process", starting, ended("succeeded"));
  await write("002-recovered", starting, ended("recovered"));
  await write("003-unsaved", ended("succeeded"));
  const unsaved = join(project, ".platc", "runs", "003-unsaved", "restored", "dev", "a");
  mkdirSync(unsaved, { recursive: true });
  writeFileSync(join(unsaved, "errored.tfstate"), "{}");
  await write("004-odd", ended("succeeded"));
  writeFileSync(journalFile(project, "004-odd"), '{"kind":"run-started","format":2}\n');
  for (let run = 5; run < 57; run++) await write(number(run), ended("succeeded"));
  mkdirSync(join(project, ".platc", "runs", "005", "logs", "dev"), { recursive: true });
  await removeEndedRuns(project);
  const newest = Array.from({ length: 50 }, (_, run) => number(run + 7));
  expect(runs()).toEqual(["000-open", "001-open-process", "003-unsaved", "004-odd", ...newest]);
});

test("has nothing to do where nothing was ever run", async () => {
  await removeEndedRuns(project);
  expect(existsSync(join(project, ".platc"))).toBe(false);
});
