import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { identifyProcess } from "../../../src/stores/process-identity.ts";
import { readLeftoverRuns, writeProcessRecord } from "../../../src/terraform/process-record.ts";

test("tells which noted processes are still there, and does not take another for one", () => {
  const folder = mkdtempSync(join(tmpdir(), "platc-record-"));
  try {
    const run = { command: { arguments: ["apply"] }, folder: "/root/module" };
    writeProcessRecord(join(folder, "apply.process.json"), process.pid, run);
    writeProcessRecord(join(folder, "plan.process.json"), 2 ** 22 + 1, run);
    const identity = { ...identifyProcess(), born: "-1" };
    const reused = { identity, arguments: ["init"], folder: "/x", startedAt: "T" };
    writeFileSync(join(folder, "reused.process.json"), JSON.stringify(reused));
    writeFileSync(join(folder, "broken.process.json"), "{");
    expect(readLeftoverRuns(folder)).toMatchObject([
      { pid: process.pid, arguments: ["apply"], folder: "/root/module", isAlive: true },
      { arguments: ["apply"], isAlive: false },
      { arguments: ["init"], isAlive: false },
    ]);
    expect(readLeftoverRuns(join(folder, "none"))).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
