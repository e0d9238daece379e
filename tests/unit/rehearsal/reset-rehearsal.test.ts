import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resetRehearsals } from "../../../src/rehearsal/reset-rehearsal.ts";

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
