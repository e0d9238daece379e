import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type BundleFile, packBundle, unpackBundle } from "../../../src/ledger/bundle.ts";
import { openLedger } from "../../../src/ledger/ledger.ts";
import { openLocalStore } from "../../../src/stores/local-store.ts";

const file = (path: string, text: string, isExecutable = false): BundleFile => ({
  ...{ path, isExecutable, bytes: new TextEncoder().encode(text) },
});
const FILES = [
  file("out/d2b/dev/raw/main.tf.json", "{}"),
  file("modules/aws/s3-bucket/ü 😀.tf", ""),
  file("modules/aws/s3-bucket/run.sh", "#!/bin/sh\n", true),
];

describe("a bundle", () => {
  test("is the same bytes whatever the order, and gives back what went in", () => {
    const bundle = packBundle(FILES);
    expect(packBundle([...FILES].reverse())).toEqual(bundle);
    const back = unpackBundle(bundle);
    expect(
      back.map(({ path, bytes, isExecutable }) => [path, new TextDecoder().decode(bytes), isExecutable]),
    ).toEqual([
      ["modules/aws/s3-bucket/run.sh", "#!/bin/sh\n", true],
      ["modules/aws/s3-bucket/ü 😀.tf", "", false],
      ["out/d2b/dev/raw/main.tf.json", "{}", false],
    ]);
  });

  test("has another name for any other content, path or mode", () => {
    const names = [
      [file("a", "x")],
      [file("a", "y")],
      [file("b", "x")],
      [file("a", "x", true)],
      [file("a", "x"), file("b", "")],
    ].map((files) => packBundle(files).sha256);
    expect(new Set(names).size).toBe(5);
  });

  test.each(["../x", "/etc/passwd", "a/../../x", "", "a//b", "C:/x", "a\\..\\b"])(
    "refuses the path '%s'",
    (path) => {
      expect(() => packBundle([file(path, "")])).toThrow("cannot be in a bundle");
      expect(() => unpackBundle({ sha256: "", archive: zipSync({ [path]: new Uint8Array() }) })).toThrow();
    },
  );

  test("refuses the same path twice", () => {
    expect(() => packBundle([file("a", "x"), file("a", "y")])).toThrow("holds 'a' twice");
  });
});

describe("the ledger's bundles", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "platc-bundles-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  test("are kept once by content, and checked when read", async () => {
    const store = openLocalStore(folder);
    const { bundles } = openLedger(store, "d2b");
    const [sha256] = await Promise.all([bundles.put(FILES), bundles.put([...FILES].reverse())]);
    const key = `d2b/.platc/bundles/${sha256}`;
    const version = await store.head(key);
    await bundles.put(FILES);
    expect(await store.head(key)).toBe(version);
    expect(await bundles.list()).toEqual([sha256]);
    expect((await bundles.get(sha256))?.map(({ path }) => path)).toEqual(
      FILES.map(({ path }) => path).sort(),
    );
    expect(await bundles.get("none")).toBeUndefined();
    await store.write(key, packBundle([file("a", "evil")]).archive);
    await expect(bundles.get(sha256)).rejects.toThrow("its content is not what its name says");
    await store.write(key, "no zip");
    await expect(bundles.get(sha256)).rejects.toThrow(/is no bundle that platc can read/);
    await bundles.remove(sha256);
    expect(await bundles.list()).toEqual([]);
  });
});
