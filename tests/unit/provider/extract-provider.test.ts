import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readSchemaPack, type SchemaPack } from "../../../src/provider/schema-pack.ts";
import { type SamplePackage, writePackage } from "./sample-package.ts";

const folder = mkdtempSync(join(tmpdir(), "platc-extract-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ADDRESS = {
  nesting_mode: "list",
  min_items: 1,
  max_items: 1,
  block: { attributes: { street: { type: "string", required: true } } },
};
const ATTRIBUTES = {
  anything: { type: "dynamic", computed: true },
  description: { type: "string", optional: true },
  id: { type: "string", computed: true },
  labels: { type: ["map", "string"], optional: true, computed: true },
  line: { type: ["set", ["object", { count: "number", text: "string" }]], optional: true, computed: true },
  name: { type: "string", required: true },
  pin_wo: { type: "string", optional: true, sensitive: true, write_only: true },
  receipt: { type: ["list", ["object", { number: "number", pages: ["set", "string"] }]], computed: true },
  scores: { type: ["map", "number"], computed: true },
  tags: { type: ["set", "string"], optional: true },
};

test("a package is read to the schemas of its types, without its classes being run", () => {
  const to = join(folder, "one");
  const run = extract([packageOf("old"), "--types", "shop_order", "--to", to]);
  expect(run).toMatchObject({ status: 0, stderr: "" });
  const pack = packIn(to);
  expect(pack).toMatchObject({
    source: "acme/shop",
    version: "1.2.3",
    origin: { kind: "package", registry: "npm", name: "@cdktf/provider-shop", version: "4.5.6" },
    licence: "MPL-2.0",
    made: "node schema/extract-provider.mjs @cdktf/provider-shop@4.5.6",
  });
  expect(pack.notice).toContain("https://mozilla.org/MPL/2.0/");
  expect(pack.resource_schemas).toEqual({
    shop_order: {
      version: 0,
      block: {
        attributes: ATTRIBUTES,
        block_types: {
          address: ADDRESS,
          note: { nesting_mode: "set", block: { attributes: { text: { type: "string", required: true } } } },
          timeouts: {
            nesting_mode: "single",
            block: { attributes: { create: { type: "string", optional: true } } },
          },
        },
      },
    },
  });
  const login = { nesting_mode: "list", block: { attributes: { user: { type: "string", optional: true } } } };
  expect(pack.provider).toEqual({
    version: 0,
    block: { attributes: { region: { type: "string", required: true } }, block_types: { login } },
  });
});

test("a provider that has no blocks of at most one knows attributes with attributes of their own", () => {
  const to = join(folder, "two");
  expect(extract([packageOf("new"), "--types", "all", "--to", to])).toMatchObject({ status: 0 });
  const { attributes } = packIn(to).resource_schemas!["shop_order"]!.block!;
  expect(attributes!["line"]).toEqual({
    nested_type: {
      nesting_mode: "set",
      attributes: { count: { type: "number", required: true }, text: { type: "string", optional: true } },
    },
    optional: true,
    computed: true,
  });
});

test("the overlay gives back what the package has lost, and a pack is made again by its own types", () => {
  const to = join(folder, "three");
  mkdirSync(join(to, "acme"), { recursive: true });
  const overlay = join(to, "acme", "shop.overlay.yaml");
  writeFileSync(
    overlay,
    "source: acme/shop\nresources:\n  shop_order: { sensitive: [address.street, name], max_items: { note: 5 }, schema_version: 3 }\n",
  );
  const first = extract([packageOf("old"), "--types", "shop_order", "--to", to]);
  expect(first).toMatchObject({ status: 0, stderr: "" });
  const text = readFileSync(join(to, "acme/shop.json"), "utf8");
  const order = packIn(to).resource_schemas!["shop_order"]!;
  expect(order.version).toBe(3);
  expect(order.block!.block_types!["note"]!.max_items).toBe(5);
  expect(order.block!.attributes!["name"]).toMatchObject({ sensitive: true });
  expect(order.block!.block_types!["address"]!.block!.attributes!["street"]).toMatchObject({
    sensitive: true,
  });
  expect(extract([packageOf("old"), "--to", to])).toMatchObject({ status: 0, stderr: "" });
  expect(readFileSync(join(to, "acme/shop.json"), "utf8")).toBe(text);

  writeFileSync(overlay, "source: acme/shop\nresources:\n  shop_order: { sensitive: [addres.street] }\n");
  expect(extract([packageOf("old"), "--to", to])).toMatchObject({
    status: 1,
    stderr: "the overlay marks what the schema does not have: resources.shop_order: addres.street\n",
  });
});

test("the same pack is made from what Terraform prints of an installed provider", () => {
  const file = join(folder, "schema.json");
  const type = {
    version: 1,
    block: { attributes: { name: { type: "string", description: "A.", optional: true } } },
  };
  const provider = { provider: { block: {} }, resource_schemas: { shop_order: type, shop_other: type } };
  writeFileSync(file, JSON.stringify({ provider_schemas: { "registry.terraform.io/acme/shop": provider } }));
  const to = join(folder, "four");
  const given = ["--schema", file, "--provider", "acme/shop@1.2.3", "--to", to];
  expect(extract([...given, "--types", "shop_order"])).toMatchObject({ status: 0, stderr: "" });
  expect(packIn(to)).toMatchObject({
    origin: { kind: "provider" },
    resource_schemas: {
      shop_order: { version: 1, block: { attributes: { name: { type: "string", optional: true } } } },
    },
  });
  expect(extract([...given, "--types", "shop_order,data.shop_order"]).stderr).toBe(
    "'acme/shop' 1.2.3 has no 'data.shop_order'\n",
  );
});

test("types are added to those that the file has, and another version replaces it with all of them", () => {
  const to = join(folder, "added");
  const types = ["shop_order", "shop_basket", "shop_gift"];
  const old = packageOf("old", { types });
  expect(extract([old, "--types", "shop_order", "--to", to])).toMatchObject({ status: 0, stderr: "" });
  const second = extract([old, "--types", "shop_basket,shop_gift", "--to", to]);
  expect(second.stdout).toContain("\n  added: shop_basket, shop_gift\n");
  expect(typesIn(to)).toEqual(["shop_basket", "shop_gift", "shop_order"]);

  const newer = packageOf("old", { types: ["shop_order", "shop_gift", "shop_card"], version: "2.0.0" });
  const replaced = extract([newer, "--types", "shop_card", "--to", to]);
  expect(replaced).toMatchObject({ status: 0, stderr: "" });
  expect(replaced.stdout).toContain(
    "  replaces 1.2.3; the types that it had are read anew\n  added: shop_card\n",
  );
  expect(replaced.stdout).toContain("  gone, since 2.0.0 has no such types: shop_basket\n");
  expect(typesIn(to)).toEqual(["shop_card", "shop_gift", "shop_order"]);
  expect(packIn(to).version).toBe("2.0.0");
});

test("what the provider does not have is told with what may be meant, and the rest is written", () => {
  const to = join(folder, "slip");
  const sample = packageOf("old", { types: ["shop_order", "shop_gift"] });
  const some = extract([sample, "--types", "shop_gift,shop_odrer,data.shop_gift", "--to", to]);
  expect(some).toMatchObject({
    status: 1,
    stderr:
      "'acme/shop' 1.2.3 has no 'shop_odrer': did you mean 'shop_order'?\n'acme/shop' 1.2.3 has no 'data.shop_gift'\n",
  });
  expect(typesIn(to)).toEqual(["shop_gift"]);
  const none = extract([sample, "--types", "shop_nothing", "--to", join(folder, "nothing")]);
  expect(none.status).toBe(1);
  expect(existsSync(join(folder, "nothing"))).toBe(false);
  const json = extract([sample, "--types", "shop_odrer", "--to", to, "--json"]);
  expect(JSON.parse(json.stdout)).toMatchObject({
    source: "acme/shop",
    version: "1.2.3",
    added: [],
    unknown: [{ type: "shop_odrer", near: "shop_order" }],
  });
});

test("what the provider itself has said is not replaced by what a package says", () => {
  const to = join(folder, "exact");
  const file = join(folder, "exact.json");
  const provider = { provider: { block: {} }, resource_schemas: { shop_order: { block: {} } } };
  writeFileSync(file, JSON.stringify({ provider_schemas: { "registry.terraform.io/acme/shop": provider } }));
  const given = ["--schema", file, "--provider", "acme/shop@1.2.3", "--types", "all", "--to", to];
  expect(extract(given)).toMatchObject({ status: 0, stderr: "" });
  const less = extract([packageOf("old"), "--types", "shop_order", "--to", to]);
  expect(less.status).toBe(1);
  expect(less.stderr).toContain("holds what the provider 1.2.3 says of itself, and a package says less");
});

test("a package of CDKTF's successor is read to the same schema", () => {
  const [one, other] = [join(folder, "cdktf"), join(folder, "cdktn")];
  const successor = { name: "@cdktn/provider-shop", library: "cdktn" } as const;
  expect(extract([packageOf("old"), "--types", "all", "--to", one])).toMatchObject({ status: 0 });
  expect(extract([packageOf("old", successor), "--types", "all", "--to", other])).toMatchObject({
    status: 0,
  });
  expect(packIn(other).origin).toMatchObject({ name: "@cdktn/provider-shop" });
  const { resource_schemas: types, provider } = packIn(one);
  expect(packIn(other)).toMatchObject({ resource_schemas: types, provider });
});

test("what is missing is said", () => {
  expect(extract([])).toMatchObject({ status: 1, stderr: expect.stringContaining("usage: node ") as string });
  expect(extract(["--help"])).toMatchObject({
    status: 0,
    stderr: "",
    stdout: expect.stringMatching(/^usage: node [\s\S]*Examples:/) as string,
  });
  expect(extract(["--tpyes", "all"])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/^Unknown option '--tpyes'.*\n$/) as string,
  });
  const to = join(folder, "none");
  expect(extract([packageOf("old"), "--to", to]).stderr).toBe(
    "'acme/shop' has no pack yet: name its types with --types\n",
  );
});

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function extract(given: readonly string[]): Ended {
  const script = ["schema/extract-provider.mjs", ...given];
  const { status, stdout, stderr } = spawnSync(process.execPath, script, { encoding: "utf8" });
  return { status, stdout, stderr };
}

function typesIn(to: string): readonly string[] {
  return Object.keys(packIn(to).resource_schemas ?? {});
}

function packIn(to: string): SchemaPack {
  const path = join(to, "acme/shop.json");
  const reading = readSchemaPack(readFileSync(path, "utf8"), path, "acme/shop");
  if (reading.status === "bad") throw new Error(reading.message);
  return reading.pack;
}

function packageOf(sdk: "old" | "new", sample: SamplePackage = {}): string {
  return writePackage(mkdtempSync(join(folder, "package-")), { sdk, ...sample });
}
