import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readSchemaPack, type SchemaPack } from "../../../src/provider/schema-pack.ts";
import { ORDER, PROVIDER } from "./cdktf-sample.ts";

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
    "source: acme/shop\nresources:\n  shop_order: { sensitive: [address.street, name], schema_version: 3 }\n",
  );
  const first = extract([packageOf("old"), "--types", "shop_order", "--to", to]);
  expect(first).toMatchObject({ status: 0, stderr: "" });
  const text = readFileSync(join(to, "acme/shop.json"), "utf8");
  const order = packIn(to).resource_schemas!["shop_order"]!;
  expect(order.version).toBe(3);
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

test("what is missing is said", () => {
  expect(extract([])).toMatchObject({ status: 1, stderr: expect.stringContaining("usage: node ") as string });
  const to = join(folder, "none");
  expect(extract([packageOf("old"), "--to", to]).stderr).toBe(
    "'acme/shop' has no pack yet: name its types with --types\n",
  );
});

interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

function extract(given: readonly string[]): Ended {
  const script = ["schema/extract-provider.mjs", ...given];
  const { status, stderr } = spawnSync(process.execPath, script, { encoding: "utf8" });
  return { status, stderr };
}

function packIn(to: string): SchemaPack {
  const path = join(to, "acme/shop.json");
  const reading = readSchemaPack(readFileSync(path, "utf8"), path, "acme/shop");
  if (reading.status === "bad") throw new Error(reading.message);
  return reading.pack;
}

/** A package on disk as CDKTF publishes it; an old SDK shows in a class for a block of at most one. */
function packageOf(sdk: "old" | "new"): string {
  const at = join(folder, `package-${sdk}`);
  const about = {
    name: "@cdktf/provider-shop",
    version: "4.5.6",
    license: "MPL-2.0",
    cdktf: { provider: { name: "registry.terraform.io/acme/shop", version: "1.2.3" } },
  };
  const max = sdk === "old" ? "super(terraformResource, terraformAttribute, false, 0);" : "";
  for (const name of ["order", "provider"]) mkdirSync(join(at, "lib", name), { recursive: true });
  writeFileSync(join(at, "package.json"), JSON.stringify(about));
  writeFileSync(
    join(at, "lib/order/index.js"),
    compiled(
      `class Order extends cdktf.TerraformResource {}\nOrder.tfResourceType = "shop_order";\n${max}`,
      ORDER,
    ),
  );
  writeFileSync(
    join(at, "lib/provider/index.js"),
    compiled(`class Shop extends cdktf.TerraformProvider {}\nShop.tfResourceType = "shop";\n`, PROVIDER),
  );
  return at;
}

/** What would end the test if it were run. */
function compiled(code: string, source: string): string {
  const map = Buffer.from(JSON.stringify({ version: 3, sourcesContent: [source] })).toString("base64");
  return `throw new Error("never run");\n${code}\n//# sourceMappingURL=data:application/json;base64,${map}`;
}
