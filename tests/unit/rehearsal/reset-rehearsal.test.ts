import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resetRehearsals } from "../../../src/rehearsal/reset-rehearsal.ts";
import { WORLD_LOCK } from "../../../src/rehearsal/world-store.ts";
import { identifyProcess } from "../../../src/stores/process-identity.ts";

test("only what belongs to rehearsals is forgotten", async () => {
  const root = mkdtempSync(join(tmpdir(), "platc-reset-"));
  try {
    expect(await resetRehearsals(root)).toBe(0);
    for (const name of ["shop", "shop.rehearsal", "shop.rehearsal.world", "runs"]) {
      mkdirSync(join(root, ".platc", name), { recursive: true });
      writeFileSync(join(root, ".platc", name, "file"), "");
    }
    expect(await resetRehearsals(root)).toBe(1);
    expect(readdirSync(join(root, ".platc")).sort()).toEqual(["runs", "shop"]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test("a rehearsal that began anew meanwhile keeps what it made", async () => {
  const root = mkdtempSync(join(tmpdir(), "platc-reset-"));
  const home = join(root, ".platc");
  const holder = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  try {
    await once(holder, "spawn");
    for (const name of ["a.rehearsal.world", "b.rehearsal.world"])
      mkdirSync(join(home, name), { recursive: true });
    const lock = { ...identifyProcess(holder.pid), token: "theirs" };
    writeFileSync(join(home, "b.rehearsal.world", WORLD_LOCK), JSON.stringify(lock));
    const begin = (): void => {
      mkdirSync(join(home, "a.rehearsal.world"));
      holder.kill("SIGKILL");
    };
    expect(await resetRehearsals(root, begin)).toBe(2);
    expect(readdirSync(home)).toEqual(["a.rehearsal.world"]);
  } finally {
    holder.kill("SIGKILL");
    rmSync(root, { recursive: true, force: true });
  }
});
