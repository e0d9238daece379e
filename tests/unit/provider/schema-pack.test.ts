import { expect, test } from "vitest";
import { missingTypes, readSchemaPack } from "../../../src/provider/schema-pack.ts";

const PACK = {
  source: "acme/shop",
  version: "1.2.3",
  origin: { kind: "package", registry: "npm", name: "@cdktf/provider-shop", version: "4.5.6" },
  licence: "MPL-2.0",
  notice: "Facts read from @cdktf/provider-shop 4.5.6.",
  made: "node schema/extract-provider.mjs @cdktf/provider-shop@4.5.6",
  provider: { block: {} },
  resource_schemas: { shop_order: { block: {} } },
};

test("a pack is read as it is", () => {
  expect(readSchemaPack(JSON.stringify(PACK), "shop.json", "acme/shop")).toEqual({
    status: "ok",
    pack: PACK,
  });
});

test("what is no pack, or another's, is told by its file", () => {
  const message = (text: string): string => {
    const reading = readSchemaPack(text, "packs/shop.json", "acme/shop");
    return reading.status === "bad" ? reading.message : "ok";
  };
  expect(message("{")).toMatch(/^'packs\/shop\.json' is not JSON: /);
  expect(message("[]")).toBe("'packs/shop.json' has no 'source'");
  expect(message("null")).toBe("'packs/shop.json' has no 'source'");
  expect(message(JSON.stringify({ ...PACK, notice: undefined }))).toBe("'packs/shop.json' has no 'notice'");
  expect(message(JSON.stringify({ ...PACK, source: "acme/shops" }))).toBe(
    "'packs/shop.json' is a pack of 'acme/shops', not of 'acme/shop'",
  );
});

test("missing types are named as the script that makes packs takes them", () => {
  const needed = {
    resources: ["shop_customer", "shop_order", "toString"],
    dataSources: ["shop_order"],
    ephemerals: ["shop_token"],
  };
  expect(missingTypes(PACK, needed)).toEqual([
    "shop_customer",
    "toString",
    "data.shop_order",
    "ephemeral.shop_token",
  ]);
});
