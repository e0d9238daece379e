import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findSpec } from "../../../src/disk/find-spec.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "platc-find-spec-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function make(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "{}");
  }
}

const SHOP = "specs/shop/platform.yaml";

test("in a new project without git and package.json, the root is the folder that the spec is named from", () => {
  make(SHOP);
  expect(findSpec(folder, undefined, { PLATC_SPEC: SHOP })).toEqual({ root: folder, spec: SHOP });
  expect(findSpec(folder, SHOP, {})).toEqual({ root: folder, spec: SHOP });
  expect(findSpec(folder, undefined, {})).toEqual({ root: folder, spec: SHOP });
});

test("a spec under 'specs/' has the same root from any folder of the project", () => {
  make(SHOP, "docs/page.md");
  const expected = { root: folder, spec: SHOP };
  expect(findSpec(join(folder, "specs/shop"), undefined, {})).toEqual(expected);
  expect(findSpec(join(folder, "specs"), "shop/platform.yaml", {})).toEqual(expected);
  expect(findSpec(join(folder, "docs"), "../specs/shop/platform.yaml", {})).toEqual(expected);
});

test("elsewhere the root is the current folder if the spec lies below it, else the folder of the spec", () => {
  make("shop/platform.yaml", "shop-two/x", "specs/other/platform.yaml");
  expect(findSpec(folder, "shop/platform.yaml", {})).toEqual({ root: folder, spec: "shop/platform.yaml" });
  const own = { root: join(folder, "shop"), spec: "platform.yaml" };
  expect(findSpec(join(folder, "shop"), undefined, {})).toEqual(own);
  expect(findSpec(join(folder, "shop-two"), "../shop/platform.yaml", {})).toEqual(own);
});

test.each([".git/HEAD", "package.json", "modules/a/main.tf"])(
  "the nearest folder with %s is the root",
  (marker) => {
    make(SHOP, marker, "specs/shop/deep/platform.yaml");
    expect(findSpec(join(folder, "specs/shop"), "deep/platform.yaml", {})).toEqual({
      root: folder,
      spec: "specs/shop/deep/platform.yaml",
    });
  },
);

test("what is not there is said as it was named", () => {
  make(SHOP, "specs/two/platform.yaml");
  expect(findSpec(folder, "nope.yaml", {})).toMatchObject({ message: "there is no spec 'nope.yaml'" });
  expect(findSpec(folder, undefined, {})).toMatchObject({
    message: "there are several specs: specs/shop/platform.yaml, specs/two/platform.yaml",
  });
});
