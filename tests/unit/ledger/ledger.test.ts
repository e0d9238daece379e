import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { EntryContent } from "../../../src/ledger/entry.ts";
import { proves } from "../../../src/ledger/evidence-entry.ts";
import type { InventoryEntry } from "../../../src/ledger/inventory-entry.ts";
import { LedgerError } from "../../../src/ledger/ledger-error.ts";
import { type Ledger, openLedger } from "../../../src/ledger/ledger.ts";
import type { StackRecord } from "../../../src/ledger/run-record.ts";
import { openLocalStore } from "../../../src/stores/local-store.ts";
import { type ObjectStore, textOf } from "../../../src/stores/object-store.ts";
import { StoreConflictError } from "../../../src/stores/store-error.ts";

let folder: string;
let store: ObjectStore;
let ledger: Ledger;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "platc-ledger-"));
  store = openLocalStore(folder);
  ledger = openLedger(store, "d2b");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const RAW: EntryContent<InventoryEntry> = {
  runId: "r1",
  status: "complete",
  appliedAt: "2026-01-31T04:04:25Z",
  address: "dev/storage/raw",
  stack: { name: "raw", environment: "dev", customer: null, each: null },
  app: null,
  stage: "provision",
  target: "cloud",
  terraform: { product: "terraform", version: "1.11.4" },
  stateKey: "d2b/dev/storage/raw/terraform.tfstate",
  backend: { type: "s3", config: { bucket: "b", encrypt: true, endpoints: { s3: "http://x" } } },
  parts: { root: "a", "module:raw": "b" },
  releaseDigest: "rel",
  salt: "00",
  consumed: { "dev/vpc#id": "h" },
  variables: { __proto__: "h" } as Record<string, string>,
  state: { lineage: "l", serial: 3 },
  upstream: ["dev/vpc"],
  protected: ["module.raw.aws_s3_bucket.this"],
  bundle: "c0ffee",
  dataSources: 1,
  tested: {
    ...{ runId: "r1", at: "2026-01-31T04:05:00Z", outcome: "passed", definition: "d" },
    checks: [{ name: "invoke", kind: "lambda", outcome: "skipped", note: "no Docker" }],
  },
  lastOutputs: { "dev/vpc#id": '"vpc-1"', "dev/vpc#secret": null },
};

describe("inventory", () => {
  test("lies beside the state, one object per address, and counts its writes", async () => {
    const first = await ledger.inventory.write(RAW, undefined);
    expect(first.entry).toEqual({ format: 1, sequence: 1, ...RAW });
    expect(await store.list("")).toEqual(["d2b/.platc/inventory/dev/storage/raw.json"]);
    const read = await ledger.inventory.read("dev/storage/raw");
    expect(read).toEqual(first);
    const second = await ledger.inventory.write({ ...RAW, status: "incomplete", runId: "r2" }, read);
    expect(second.entry).toMatchObject({ sequence: 2, runId: "r2", status: "incomplete" });
    expect(await ledger.inventory.list()).toEqual(["dev/storage/raw"]);
    expect(ledger.location).toBe(`${folder}/d2b/.platc`);
  });

  test("is never written over what was not read", async () => {
    const first = await ledger.inventory.write(RAW, undefined);
    await expect(ledger.inventory.write(RAW, undefined)).rejects.toThrow(StoreConflictError);
    await ledger.inventory.write(RAW, first);
    await expect(ledger.inventory.write(RAW, first)).rejects.toThrow(StoreConflictError);
    await expect(ledger.inventory.remove(first)).rejects.toThrow(StoreConflictError);
    await ledger.inventory.remove((await ledger.inventory.read(RAW.address))!);
    expect(await ledger.inventory.read(RAW.address)).toBeUndefined();
  });

  test("one damaged entry hides no other", async () => {
    const whole = await ledger.inventory.write(RAW, undefined);
    await store.write("d2b/.platc/inventory/dev/torn.json", '{"format": 1, "sequ');
    await store.write("d2b/.platc/inventory/dev/newer.json", '{"format": 2}');
    const { entryByAddress, faults } = await ledger.inventory.readAll();
    expect(entryByAddress).toEqual(new Map([["dev/storage/raw", whole]]));
    expect(faults.map((fault) => fault.message)).toEqual([
      `${folder}: 'd2b/.platc/inventory/dev/newer.json' was written by a newer platc (format 2, this one knows 1)`,
      `${folder}: 'd2b/.platc/inventory/dev/torn.json' is no inventory entry that platc can read: it is not well-formed JSON`,
    ]);
    expect((await ledger.inventory.readAll(["dev/absent", "dev/storage/raw"])).entryByAddress.size).toBe(1);
  });

  test.each<[string, unknown, string]>([
    ["state", { lineage: "l", serial: -1 }, "'state.serial' should be a whole number"],
    ["status", "done", `'status' should be "complete" or "incomplete"`],
    ["upstream", ["a", 1], "'upstream[1]' should be a text"],
    ["parts", null, "'parts' should be an object"],
    ["tested", { ...RAW.tested, checks: [{}] }, "'tested.checks[0].name' should be there, and is not"],
    ["dataSources", undefined, "'dataSources' should be there, and is not"],
    ["address", "dev/other", "is the entry of another address, 'dev/other'"],
  ])("says what is wrong with a bad '%s'", async (name, value, why) => {
    const { entry, version } = await ledger.inventory.write(RAW, undefined);
    const bad = JSON.stringify({ ...entry, [name]: value });
    await store.write("d2b/.platc/inventory/dev/storage/raw.json", bad, { ifVersion: version });
    await expect(ledger.inventory.read(RAW.address)).rejects.toThrow(LedgerError);
    await expect(ledger.inventory.read(RAW.address)).rejects.toThrow(why);
  });

  test.each(["null", "[]", "1", '"x"'])("takes no other JSON for an entry: %s", async (json) => {
    await store.write("d2b/.platc/inventory/a.json", json);
    await expect(ledger.inventory.read("a")).rejects.toThrow(LedgerError);
  });

  test("keeps what the next platc may add out of what it returns", async () => {
    const { entry } = await ledger.inventory.write(RAW, undefined);
    await store.write("d2b/.platc/inventory/dev/storage/raw.json", JSON.stringify({ ...entry, later: 1 }));
    expect((await ledger.inventory.read(RAW.address))?.entry).toEqual(entry);
  });
});

describe("evidence", () => {
  const subject = { address: "dev/raw", stack: RAW.stack, releaseDigest: "rel", parts: { module: "a" } };
  const proof = (runId: string, outcome: "passed" | "failed" | null) => ({
    ...{ runId, appliedAt: "2026-01-31T04:04:25Z", stackDigest: "s" },
    tested:
      outcome === null ? null : { runId, at: "2026-01-31T04:05:00Z", outcome, definition: "d", checks: [] },
  });

  test("is per address, release digest and target", async () => {
    await ledger.evidence.record(subject, "emulator", proof("r1", "passed"));
    const entry = await ledger.evidence.record(subject, "cloud", proof("r2", null));
    expect(entry.sequence).toBe(2);
    expect(entry.proofs).toEqual({ emulator: proof("r1", "passed"), cloud: proof("r2", null) });
    expect([proves(entry, "emulator"), proves(entry, "cloud"), proves(entry, "toString")]).toEqual([
      true,
      false,
      false,
    ]);
    await ledger.evidence.record({ ...subject, releaseDigest: "next" }, "cloud", proof("r3", "failed"));
    await ledger.evidence.record({ ...subject, address: "dev/raw/more" }, "cloud", proof("r3", "failed"));
    expect(await ledger.evidence.digests("dev/raw")).toEqual(["next", "rel"]);
    expect((await ledger.evidence.read("dev/raw", "rel"))?.entry).toEqual(entry);
  });

  test("of many who record at once, none is lost", async () => {
    const targets = Array.from({ length: 8 }, (_, at) => `target-${at}`);
    await Promise.all(targets.map((target) => ledger.evidence.record(subject, target, proof("r", "passed"))));
    const entry = (await ledger.evidence.read("dev/raw", "rel"))!.entry;
    expect(Object.keys(entry.proofs).sort()).toEqual(targets);
    expect(entry.sequence).toBe(8);
  });
});

describe("approvals", () => {
  const change = {
    ...{ kind: "resource", address: "a.b", provider: "p", action: "update", before: { map: {} } },
    after: { map: { n: { number: "1.50" }, s: { hash: "h" }, u: { unknown: true }, l: [null, "x", true] } },
  };
  const stack = (address: string) => ({
    ...{
      address,
      action: "apply" as const,
      stackDigest: "s",
      releaseDigest: "r",
      state: null,
      hasUnknowns: false,
    },
    ...{
      changes: { version: "1", changes: [change] },
      unproven: ["vars.x"],
    },
  });
  const proposal = {
    ...{ runId: "r1", platform: "d2b", command: "apply" as const, target: "cloud", salt: "00" },
    ...{ stacks: [stack("prod/a"), stack("prod/b")], reason: "gate" as const },
    ...{ plannedAt: "2026-01-31T04:04:25Z", plannedBy: "ci@runner" },
  };

  test("are named by what they hold, whatever its order, and by nothing else", async () => {
    const first = await ledger.approvals.propose(proposal);
    expect(first.entry).toMatchObject({ sequence: 1, decision: null, usedBy: null });
    const reversed = { ...proposal, stacks: [...proposal.stacks].reverse(), plannedBy: "somebody@else" };
    expect(await ledger.approvals.propose(reversed)).toEqual(first);
    const other = await ledger.approvals.propose({ ...proposal, stacks: [stack("prod/a")] });
    expect(other.entry.id).not.toBe(first.entry.id);
    expect(await ledger.approvals.ids()).toHaveLength(2);
    expect(await ledger.approvals.ids(first.entry.id.slice(0, 12))).toEqual([first.entry.id]);
  });

  test("are decided, and used once", async () => {
    const waiting = await ledger.approvals.propose(proposal);
    const decision = { outcome: "approved" as const, by: "me@here", at: "2026-01-31T05:00:00Z", note: null };
    const approved = await ledger.approvals.decide(waiting, decision);
    expect(approved.entry).toMatchObject({ sequence: 2, decision, usedBy: null });
    await expect(ledger.approvals.decide(waiting, { ...decision, outcome: "rejected" })).rejects.toThrow(
      StoreConflictError,
    );
    const racing = [ledger.approvals.use(approved, "r2"), ledger.approvals.use(approved, "r3")];
    const outcomes = await Promise.allSettled(racing);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    const used = (await ledger.approvals.read(waiting.entry.id))!;
    await expect(ledger.approvals.use(used, "r4")).rejects.toThrow(StoreConflictError);
  });

  test("that were altered are refused", async () => {
    const { entry } = await ledger.approvals.propose(proposal);
    const key = `d2b/.platc/approvals/${entry.id}.json`;
    await store.write(key, textOf((await store.read(key))!).replace('"1.50"', '"1.51"'));
    await expect(ledger.approvals.read(entry.id)).rejects.toThrow("it was altered");
  });

  test.each<[unknown, string]>([
    [{ version: "0", changes: [] }, `'stacks[0].changes.version' should be "1"`],
    [{ version: "1", changes: {} }, "'stacks[0].changes.changes' should be a list"],
    [{ version: "1", changes: [{}] }, "'stacks[0].changes.changes[0].kind' should be there, and is not"],
    [
      { version: "1", changes: [{ ...change, after: { map: { n: { digits: "1" } } } }] },
      "'stacks[0].changes.changes[0].after.map.n' should be a value as approvals keep it",
    ],
    [
      { version: "1", changes: [{ ...change, importing: 1 }] },
      "'stacks[0].changes.changes[0].importing' should be a value as approvals keep it",
    ],
  ])("of another shape are an error that names what does not fit: %j", async (changes, why) => {
    const { entry } = await ledger.approvals.propose({
      ...proposal,
      stacks: [{ ...stack("prod/a"), changes }],
    });
    const key = `d2b/.platc/approvals/${entry.id}.json`;
    await expect(ledger.approvals.read(entry.id)).rejects.toMatchObject({
      message: `${folder}: '${key}' is no approval that platc can read: ${why}`,
      hint: `if an earlier platc wrote it, run that one until nothing is under way; else delete '${folder}/${key}', and what it was about is put forward and approved again`,
    });
  });
});

describe("runs", () => {
  test("are listed by time, with a record per stack", async () => {
    const run = {
      platform: "d2b",
      command: "apply dev",
      target: "cloud",
      who: "me@here",
      addresses: ["dev/raw"],
    };
    const started = { startedAt: "2026-01-31T04:04:25Z", endedAt: null, outcome: null };
    const first = await ledger.runs.writeRun({ runId: "20260131T040425Z-aa", ...run, ...started }, undefined);
    await ledger.runs.writeRun({ runId: "20260130T040425Z-bb", ...run, ...started }, undefined);
    await ledger.runs.writeRun({ ...first.entry, endedAt: "2026-01-31T04:09:00Z", outcome: "failed" }, first);
    expect(await ledger.runs.list()).toEqual(["20260130T040425Z-bb", "20260131T040425Z-aa"]);
    expect((await ledger.runs.readRun("20260131T040425Z-aa"))?.entry).toMatchObject({
      sequence: 2,
      outcome: "failed",
    });

    const stack: EntryContent<StackRecord> = {
      ...{ runId: "20260131T040425Z-aa", address: "dev/storage/raw", action: "apply", who: "me@here" },
      ...{
        startedAt: "2026-01-31T04:04:25Z",
        endedAt: null,
        outcome: "running",
        reason: null,
        changes: null,
      },
      ...{
        approvalId: null,
        lockId: null,
        created: [{ address: "aws_s3_bucket.a", id: { key: "id", value: "a" } }],
      },
    };
    const running = await ledger.runs.writeStack(stack, undefined);
    const changes = { add: 1, change: 0, remove: 0 };
    const done = await ledger.runs.writeStack({ ...stack, outcome: "succeeded", changes }, running);
    expect(await ledger.runs.readStacks("20260131T040425Z-aa")).toEqual([done.entry]);
    expect(await ledger.runs.readStacks("none")).toEqual([]);
  });
});
