import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { withFileLock } from "../../../src/stores/file-lock.ts";
import { openLocalStore } from "../../../src/stores/local-store.ts";
import { textOf } from "../../../src/stores/object-store.ts";
import { identifyProcess } from "../../../src/stores/process-identity.ts";
import { StoreConflictError, StoreError } from "../../../src/stores/store-error.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "platc-store-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a local store", () => {
  test("reads what it wrote, bytes and all", async () => {
    const store = openLocalStore(folder);
    const bytes = new Uint8Array([0, 255, 10, 13]);
    const version = await store.write("d2b/dev/raw.bin", bytes);
    expect(await store.read("d2b/dev/raw.bin")).toEqual({ bytes: Buffer.from(bytes), version });
    expect(await store.head("d2b/dev/raw.bin")).toBe(version);
    expect(await store.read("d2b/dev")).toBeUndefined();
  });

  test("knows what is not there", async () => {
    const store = openLocalStore(join(folder, "absent"));
    expect(await store.exists()).toBe(false);
    expect(await store.read("a")).toBeUndefined();
    expect(await store.head("a")).toBeUndefined();
    expect(await store.list("")).toEqual([]);
    await store.remove("a");
    await store.write("a/b", "");
    expect(await store.exists()).toBe(true);
    expect(await store.read("a/b/c")).toBeUndefined();
  });

  test("holds to its conditions", async () => {
    const store = openLocalStore(folder);
    const first = await store.write("k", "1", { ifAbsent: true });
    await expect(store.write("k", "2", { ifAbsent: true })).rejects.toThrow(StoreConflictError);
    const second = await store.write("k", "2", { ifVersion: first });
    await expect(store.write("k", "3", { ifVersion: first })).rejects.toThrow(
      `${folder}: 'k' was changed by somebody else in the meantime`,
    );
    await expect(store.remove("k", { ifVersion: first })).rejects.toThrow(StoreConflictError);
    await store.remove("k", { ifVersion: second });
    await expect(store.remove("k", { ifVersion: second })).rejects.toThrow(StoreConflictError);
    await expect(store.write("k", "3", { ifVersion: second })).rejects.toThrow(StoreConflictError);
    expect(await store.list("")).toEqual([]);
  });

  test("gives the same bytes a new version, also right away and after a clock that runs ahead", async () => {
    const store = openLocalStore(folder);
    const versions = new Set<string>();
    for (let turn = 0; turn < 20; turn++) versions.add(await store.write("k", "same"));
    await utimes(join(folder, "k"), new Date(), new Date(Date.now() + 3_600_000));
    const ahead = await store.head("k");
    versions.add(await store.write("k", "same", { ifVersion: ahead! }));
    expect(versions.size).toBe(21);
    expect(await store.head("k")).toBe([...versions].at(-1));
  });

  test("lists by prefix, by code point, without what is its own", async () => {
    const store = openLocalStore(folder);
    const keys = ["p/b", "p/a/ü 😀", "p/a.json", "p/ａ", "q/x"];
    for (const key of keys) await store.write(key, key);
    await writeFile(join(folder, "p", ".platc-draft-left-behind"), "");
    expect(await store.list("p/")).toEqual(["p/a.json", "p/a/ü 😀", "p/b", "p/ａ"]);
    expect(await store.list("p/a")).toEqual(["p/a.json", "p/a/ü 😀"]);
    expect(await store.list("p")).toHaveLength(4);
    expect(textOf((await store.read("p/a/ü 😀"))!)).toBe("p/a/ü 😀");
  });

  test.each(["../x", "/x", "a//b", "a/./b", "a/../b", "", "a\\b", ".platc-locks/x", "a/.platc-draft-1"])(
    "refuses the key '%s'",
    async (key) => {
      const store = openLocalStore(folder);
      await expect(store.write(key, "")).rejects.toThrow(StoreError);
      await expect(store.read(key)).rejects.toThrow(StoreError);
    },
  );

  test("says in one sentence what the disk said", async () => {
    const store = openLocalStore(folder);
    await store.write("a", "");
    await expect(store.write("a/b", "")).rejects.toThrow(/cannot write 'a\/b': (EEXIST|ENOTDIR)/);
  });

  test("leaves no lock and no draft behind", async () => {
    const store = openLocalStore(folder);
    await Promise.allSettled([1, 2, 3, 4].map(() => store.write("k", "x", { ifAbsent: true })));
    expect(await readdir(join(folder, ".platc-locks"))).toEqual([]);
    expect(await readdir(folder)).toEqual([".platc-locks", "k"]);
  });
});

describe("several processes", () => {
  test(
    "count together without losing one, and exactly one makes the object",
    { timeout: 120_000 },
    async () => {
      const writer = join(folder, "writer.mjs");
      await build({
        stdin: { contents: WRITER, resolveDir: import.meta.dirname, loader: "ts" },
        ...{ outfile: writer, bundle: true, platform: "node", format: "esm", logLevel: "error" },
      });
      const run = promisify(execFile);
      const shared = join(folder, "shared");
      const results = await Promise.all(
        Array.from({ length: 6 }, () => run(process.execPath, [writer, shared])),
      );
      const made = results.map(({ stdout }) => JSON.parse(stdout) as { made: number; written: number });
      const store = openLocalStore(shared);
      expect(made.reduce((sum, one) => sum + one.made, 0)).toBe(1);
      expect(made.every((one) => one.written === 20)).toBe(true);
      expect(textOf((await store.read("counter"))!)).toBe("120");
      expect(await readdir(join(shared, ".platc-locks"))).toEqual([]);
    },
  );
});

/** Adds one to a counter until 20 of its own writes held; now and then dies with the lock in hand, as a child of its own. */
const WRITER = `
import { mkdirSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { openLocalStore } from "../../../src/stores/local-store.ts";
import { textOf } from "../../../src/stores/object-store.ts";
import { StoreConflictError } from "../../../src/stores/store-error.ts";
import { identifyProcess } from "../../../src/stores/process-identity.ts";
const folder = process.argv[2];
const store = openLocalStore(folder);
const lock = folder + "/.platc-locks/" + createHash("sha256").update("counter").digest("hex").slice(0, 32) + ".lock";
let made = 0;
try { await store.write("counter", "0", { ifAbsent: true }); made = 1; }
catch (error) { if (!(error instanceof StoreConflictError)) throw error; }
let written = 0;
while (written < 20) {
  if (Math.random() < 0.2) {
    const dead = { ...identifyProcess(), born: "0", token: "dead-" + Math.random() };
    try { writeFileSync(lock, JSON.stringify(dead), { flag: "wx" }); } catch {}
  }
  const now = await store.read("counter");
  try {
    await store.write("counter", String(Number(textOf(now)) + 1), { ifVersion: now.version });
    written++;
  } catch (error) { if (!(error instanceof StoreConflictError)) throw error; }
}
console.log(JSON.stringify({ made, written }));
`;

describe("the lock", () => {
  test("of a process that is gone is taken over", async () => {
    const path = join(folder, "a.lock");
    await writeFile(path, JSON.stringify({ ...identifyProcess(), born: "1", token: "gone" }));
    expect(await withFileLock(path, () => Promise.resolve("done"))).toBe("done");
    expect(await readdir(folder)).toEqual([]);
  });

  test("of another machine is taken over when it is old", async () => {
    const path = join(folder, "a.lock");
    await mkdir(folder, { recursive: true });
    await writeFile(path, JSON.stringify({ pid: 1, host: "elsewhere", born: null, token: "far" }));
    let isDone = false;
    const working = withFileLock(path, async () => void (isDone = true));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(isDone).toBe(false);
    await utimes(path, new Date(), new Date(Date.now() - 61_000));
    await working;
    expect(isDone).toBe(true);
  });

  test("is freed when the work fails, and the next gets its turn", async () => {
    const path = join(folder, "a.lock");
    const failing = withFileLock(path, () => Promise.reject(new Error("no")));
    const next = withFileLock(path, () => Promise.resolve(1));
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe(1);
  });
});
