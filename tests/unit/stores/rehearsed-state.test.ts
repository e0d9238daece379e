import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openLocalStore } from "../../../src/stores/local-store.ts";
import { textOf } from "../../../src/stores/object-store.ts";
import { isRehearsedState, seedRehearsedState } from "../../../src/stores/rehearsed-state.ts";

test("a seed is marked, the same each time, and never laid over a state", async () => {
  const root = mkdtempSync(join(tmpdir(), "platc-seed-"));
  try {
    const store = openLocalStore(root);
    await seedRehearsedState(store, "dev/raw.tfstate", "dev/raw");
    const text = textOf((await store.read("dev/raw.tfstate"))!);
    expect(JSON.parse(text)).toEqual({
      version: 4,
      serial: 0,
      lineage: "platc-rehearsal:dev/raw",
      outputs: {},
      resources: [],
    });
    await seedRehearsedState(store, "dev/raw.tfstate", "another");
    expect(textOf((await store.read("dev/raw.tfstate"))!)).toBe(text);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test("the lineage tells a rehearsed state from a real one", () => {
  expect(isRehearsedState({ lineage: "platc-rehearsal:dev/raw" })).toBe(true);
  expect(isRehearsedState({ lineage: "3f1c8a52-0000-4000-8000-000000000000" })).toBe(false);
});
