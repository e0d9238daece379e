import { expect, test } from "vitest";
import { type ObjectStore, textOf } from "../../src/stores/object-store.ts";
import { StoreConflictError, StoreMissingError } from "../../src/stores/store-error.ts";

export interface ContractOptions {
  /** False for a server that takes no condition on a removal, as what it stands for does. */
  readonly checksRemovals?: boolean;
}

/** What every store of objects has to keep, against the real server of one. */
export function storeContract(
  open: () => ObjectStore,
  openMissing: () => ObjectStore,
  { checksRemovals = true }: ContractOptions = {},
): void {
  test("reads what it wrote, bytes and all, and knows what is not there", async () => {
    const store = open();
    const version = await store.write("a.bin", new Uint8Array([0, 255, 10, 13]));
    const object = await store.read("a.bin");
    expect([...object!.bytes]).toEqual([0, 255, 10, 13]);
    expect(object!.version).toBe(version);
    expect(await store.head("a.bin")).toBe(version);
    expect(await store.write("empty", "")).toBe((await store.read("empty"))!.version);
    expect((await store.read("empty"))!.bytes).toHaveLength(0);
    expect(await store.read("absent")).toBeUndefined();
    expect(await store.head("absent")).toBeUndefined();
    await store.remove("absent");
    expect(await store.exists()).toBe(true);
  });

  test("holds to its conditions", async () => {
    const store = open();
    const first = await store.write("c", "1", { ifAbsent: true });
    await expect(store.write("c", "2", { ifAbsent: true })).rejects.toThrow(StoreConflictError);
    const second = await store.write("c", "2", { ifVersion: first });
    await expect(store.write("c", "3", { ifVersion: first })).rejects.toThrow(
      `${store.location}: 'c' was changed by somebody else in the meantime`,
    );
    if (checksRemovals)
      await expect(store.remove("c", { ifVersion: first })).rejects.toThrow(StoreConflictError);
    await store.remove("c", { ifVersion: second });
    await expect(store.write("c", "3", { ifVersion: second })).rejects.toThrow(StoreConflictError);
    await expect(store.remove("c", { ifVersion: second })).rejects.toThrow(StoreConflictError);
    expect(await store.read("c")).toBeUndefined();
    expect(await store.write("c", "4", { ifAbsent: true })).not.toBe(second);
  });

  test("the same bytes again are another version", async () => {
    const store = open();
    const version = await store.write("same", "same");
    expect(await store.write("same", "same", { ifVersion: version })).not.toBe(version);
    await expect(store.write("same", "other", { ifVersion: version })).rejects.toThrow(StoreConflictError);
  });

  test("of sixteen that write at once, one wins", async () => {
    const store = open();
    const version = await store.write("race", "0");
    for (const condition of [{ ifVersion: version }, { ifAbsent: true }] as const) {
      const key = "ifAbsent" in condition ? "race for a new one" : "race";
      const all = await Promise.allSettled(
        Array.from({ length: 16 }, (_, i) => store.write(key, `writer ${i}`, condition)),
      );
      const won = all.flatMap((result, i) => (result.status === "fulfilled" ? [i] : []));
      const lost = all.filter(
        (result) => result.status === "rejected" && result.reason instanceof StoreConflictError,
      );
      expect([won.length, lost.length]).toEqual([1, 15]);
      expect(textOf((await store.read(key))!)).toBe(`writer ${won[0]}`);
    }
  });

  test("lists by prefix and code point, more than a page of them", async () => {
    const store = open();
    const keys = Array.from({ length: 1203 }, (_, i) => `many/${String(i).padStart(5, "0")}.json`);
    const rest = [...keys, "manyfold", "many-ﬁ", "many/😀"];
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (let key = rest.pop(); key !== undefined; key = rest.pop()) await store.write(key, "{}");
      }),
    );
    expect(await store.list("many/")).toEqual([...keys, "many/😀"]);
    expect(await store.list("nothing/")).toEqual([]);
  });

  test.each(["ü/Söhne & Töchter", "日本/😀", "a b+c%20d", "q?x=1#y", "<x>'\"", "100%_x", "trailing /x"])(
    "takes the key %s",
    async (key) => {
      const store = open();
      const version = await store.write(`odd/${key}`, key, { ifAbsent: true });
      expect(textOf((await store.read(`odd/${key}`))!)).toBe(key);
      expect(await store.list("odd/")).toEqual([`odd/${key}`]);
      await store.remove(`odd/${key}`, { ifVersion: version });
      expect(await store.list("odd/")).toEqual([]);
    },
  );

  test("tells a place that is not there from a key that is not there", async () => {
    const missing = openMissing();
    expect(await missing.exists()).toBe(false);
    await expect(missing.read("k")).rejects.toThrow(StoreMissingError);
    await expect(missing.list("")).rejects.toThrow(StoreMissingError);
    await expect(missing.write("k", "", { ifAbsent: true })).rejects.toThrow(StoreMissingError);
  });
}
