import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import type { Value } from "../../../src/provider/value.ts";
import { openWorldStore, WORLD_FILE } from "../../../src/rehearsal/world-store.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "platc-world-"));
  return () => rmSync(folder, { recursive: true });
});

const open = () => openWorldStore(folder, (_source, _type, stored) => stored as Value);
const key = (id: string, typeName = "thing") => ({ source: "test/things", typeName, id });

test("what was put is there at once and, without a close, after a new start", () => {
  const first = open();
  first.put(key("a"), { size: 1 });
  first.put(key("a"), { size: 2 });
  first.put(key("a/b", "part"), { size: 3 });
  first.put(key("c"), { size: 4 });
  first.remove(key("c"));
  for (const world of [first, open()]) {
    expect(world.find("test/things", "thing", "a")).toEqual({ id: "a", value: { size: 2 } });
    expect(world.list("test/things", "thing")).toEqual([{ id: "a", value: { size: 2 } }]);
    expect(world.find("test/others", "thing", "a")).toBeUndefined();
    expect(world.children("a")).toEqual([{ typeName: "part", id: "a/b" }]);
    expect(world.children("a/b")).toEqual([]);
    expect([key("a"), key("c"), key("d")].map(world.isDeleted)).toEqual([false, true, false]);
  }
});

test("what was destroyed may be made again", () => {
  const world = open();
  world.put(key("a"), { size: 1 });
  world.remove(key("a"));
  world.put(key("a"), { size: 2 });
  expect(world.isDeleted(key("a"))).toBe(false);
  expect(open().find("test/things", "thing", "a")?.value).toEqual({ size: 2 });
});

test("a last line that was cut off is dropped; the file is rewritten at each start and close", () => {
  const world = open();
  for (const size of [1, 2, 3]) world.put(key("a"), { size });
  appendFileSync(join(folder, WORLD_FILE), '{"source":"test/th');
  const again = open();
  expect(lines()).toEqual([{ ...key("a"), value: { size: 3 } }]);
  again.put(key("a"), { size: 4 });
  again.put(key("a"), { size: 5 });
  again.close();
  expect(lines()).toEqual([{ ...key("a"), value: { size: 5 } }]);
});

test("a file that is damaged inside is not taken for an empty one", () => {
  open().put(key("a"), { size: 1 });
  appendFileSync(join(folder, WORLD_FILE), "rubbish\n{}\n");
  expect(open).toThrow(`${join(folder, WORLD_FILE)}, line 2`);
});

function lines(): readonly unknown[] {
  const text = readFileSync(join(folder, WORLD_FILE), "utf8").trim();
  return text.split("\n").map((line) => JSON.parse(line) as unknown);
}
