import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createSpecCache } from "../../../src/disk/spec-cache.ts";
import { parseWithLibrary } from "../../../src/spec/read-spec.ts";

const FILE = {
  path: "specs/a/platform.yaml",
  text: `a: &a { text: "ä {{b}}", big: 12345678901234567890, none: ~, on: true }
<<: *a
list: [1, 1.5, !raw "{{x}}", !unset ]
over: !replace { a: *a }
`,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "platc-spec-cache-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a warm read gives the very tree, with every place, and does not parse", async () => {
  const parse = vi.fn(parseWithLibrary);
  const cold = await createSpecCache(folder, parse)(FILE);
  expect(cold).toEqual(await parseWithLibrary(FILE));
  expect(await createSpecCache(folder, parse)({ ...FILE })).toEqual(cold);
  expect(parse).toHaveBeenCalledTimes(1);
});

test("another text of the same path is parsed anew and takes the entry's place", async () => {
  const cached = createSpecCache(folder, parseWithLibrary);
  await cached(FILE);
  const changed = { path: FILE.path, text: FILE.text.replace("1.5", "2.5") };
  expect(await cached(changed)).toEqual(await parseWithLibrary(changed));
  expect(await cached(FILE)).toEqual(await parseWithLibrary(FILE));
  await cached({ path: "specs/a/more.yaml", text: "b: 1" });
  expect(await readdir(folder)).toHaveLength(2);
});

test("a text with mistakes is not kept", async () => {
  const bad = { path: FILE.path, text: "a: [" };
  expect(await createSpecCache(folder, parseWithLibrary)(bad)).toEqual(await parseWithLibrary(bad));
  expect(await readdir(folder)).toEqual([]);
});

test.each(["", "{", "null", "[]", "{}"])("a corrupt entry is ignored and replaced: %j", async (entry) => {
  const cached = createSpecCache(folder, parseWithLibrary);
  const whole = await cached(FILE);
  const [name] = await readdir(folder);
  const kept = await readFile(join(folder, name!), "utf8");
  await writeFile(join(folder, name!), entry);
  expect(await cached(FILE)).toEqual(whole);
  expect(await readFile(join(folder, name!), "utf8")).toBe(kept);
});

test("a folder that cannot be written is done without", async () => {
  await writeFile(join(folder, "file"), "");
  const cached = createSpecCache(join(folder, "file", "below"), parseWithLibrary);
  expect(await cached(FILE)).toEqual(await parseWithLibrary(FILE));
});
