import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createHclCache } from "../../../src/disk/hcl-cache.ts";
import { parseHcl } from "../../../src/disk/hcl-parser.ts";
import type { ParsedHcl } from "../../../src/modules/parsed-hcl.ts";

const loads = vi.hoisted(() => ({ count: 0 }));
vi.mock("@cdktf/hcl2json", async (original) => {
  loads.count++;
  return await original();
});

const TEXT = 'variable "a" {\n  default = "ä $${b}"\n}\n';
const PARSED: ParsedHcl = {
  syntax: "hcl",
  blocks: [{ type: "variable", labels: ["a"], body: { default: "ä $${b}" }, line: 1 }],
  failures: [],
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "platc-hcl-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("a warm read does not load the HCL library, whatever the file is called", async () => {
  await createHclCache(join(folder, "hcl"), async () => PARSED)("main.tf", TEXT);
  expect(await readdir(join(folder, "hcl"))).toEqual([expect.stringMatching(/^[0-9a-f]{64}\.json$/)]);

  expect(await createHclCache(join(folder, "hcl"), parseHcl)("elsewhere/other.tf", TEXT)).toEqual(PARSED);
  expect(loads.count).toBe(0);
  expect(await createHclCache(join(folder, "cold"), parseHcl)("main.tf", TEXT)).toEqual(PARSED);
  expect(loads.count).toBe(1);
});

test("mistakes are kept too, and the same text is parsed once at a time", async () => {
  const parse = vi.fn(parseHcl);
  const cached = createHclCache(folder, parse);
  const results = await Promise.all([cached("a.tf", "variable {"), cached("b.tf", "variable {")]);
  expect(results[0]!.failures).toEqual([expect.objectContaining({ line: 1, column: 10 })]);
  expect(results[1]).toBe(results[0]);
  expect(await createHclCache(folder, parse)("a.tf", "variable {")).toEqual(results[0]);
  expect(parse).toHaveBeenCalledTimes(1);
});

test.each([
  "",
  "{",
  "null",
  "{}",
  '{"format":"old","parsed":{"blocks":[],"failures":[]}}',
  '{"format":"platc-hcl-2"}',
])("a corrupt entry is ignored and replaced: %j", async (entry) => {
  await createHclCache(folder, parseHcl)("main.tf", TEXT);
  const [name] = await readdir(folder);
  const whole = await readFile(join(folder, name!), "utf8");
  await writeFile(join(folder, name!), entry);
  expect(await createHclCache(folder, parseHcl)("main.tf", TEXT)).toEqual(PARSED);
  expect(await readFile(join(folder, name!), "utf8")).toBe(whole);
  expect(await readdir(folder)).toHaveLength(1);
});

test("JSON is not kept, and keeps its large numbers", async () => {
  const parsed = await createHclCache(folder, parseHcl)(
    "a.tf.json",
    '{"variable":{"a":{"default":18446744073709551616}}}',
  );
  expect(parsed.blocks).toEqual([
    { type: "variable", labels: ["a"], body: { default: 18446744073709551616n } },
  ]);
  expect(await readdir(folder)).toEqual([]);
});

test("a folder that cannot be written is done without", async () => {
  await writeFile(join(folder, "file"), "");
  expect(await createHclCache(join(folder, "file", "hcl"), parseHcl)("main.tf", TEXT)).toEqual(PARSED);
});
