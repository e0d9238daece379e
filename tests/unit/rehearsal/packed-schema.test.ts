import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type PackProblem, packedSchema } from "../../../src/rehearsal/packed-schema.ts";
import { packedOverlay } from "../../../src/rehearsal/packed-overlay.ts";
import { block, ID, NAME } from "../provider/provider-parts.ts";
import type { SchemaNeed, SchemaText } from "../../../src/rehearsal/schema-origin.ts";

let root: string;
let own: string;
let shipped: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "platc-packs-"));
  [own, shipped] = [join(root, "own"), join(root, "shipped")];
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const CAPTURED = { kind: "provider" };
const PACKAGE = { kind: "package", registry: "npm", name: "@cdktf/provider-shop", version: "4.5.6" };

function write(folder: string, ending: string, text: string): void {
  mkdirSync(join(folder, "acme"), { recursive: true });
  writeFileSync(join(folder, `acme/shop${ending}`), text);
}

/** Each type has the name of the folder as an attribute. */
function pack(folder: string, version: string, types: readonly string[], origin: object = PACKAGE): void {
  const block = { attributes: { [folder === own ? "own" : "shipped"]: { type: "string" } } };
  const schemas = Object.fromEntries(types.map((type) => [type, { version: 0, block }]));
  const about = { source: "acme/shop", version, origin, licence: "MPL-2.0", notice: "", made: "" };
  write(folder, ".json", JSON.stringify({ ...about, provider: { block }, resource_schemas: schemas }));
}

function find(
  resources: readonly string[],
  more: { readonly locked?: string; readonly constraints?: readonly string[] } = {},
): SchemaText | PackProblem {
  const { locked, constraints = [] } = more;
  const need: SchemaNeed = { source: "acme/shop", resources, dataSources: [], ephemerals: [], constraints };
  return packedSchema(need, locked, [own, shipped]);
}

/** Of each type that is served, whose it is. */
function served(found: SchemaText | PackProblem): Readonly<Record<string, string | undefined>> {
  if ("message" in found) throw new Error(found.message);
  const types = Object.entries(found.json.resource_schemas ?? {});
  return Object.fromEntries(
    types.map(([type, { block }]) => [type, Object.keys(block?.attributes ?? {})[0]]),
  );
}

test("packs of one version are used together, and the first one's types count", () => {
  pack(own, "1.0.0", ["shop_gift", "shop_order"]);
  pack(shipped, "1.0.0", ["shop_basket", "shop_order"], CAPTURED);
  const found = find(["shop_basket", "shop_gift", "shop_order"]);
  expect(served(found)).toEqual({ shop_basket: "shipped", shop_gift: "own", shop_order: "own" });
  expect(found).toMatchObject({
    version: "1.0.0",
    from: "packs, from @cdktf/provider-shop 4.5.6 and captured from the provider",
    files: [join(own, "acme/shop.json"), join(shipped, "acme/shop.json")],
    isExact: false,
  });
  expect(find(["shop_basket"])).toMatchObject({
    from: "a pack, captured from the provider",
    files: [join(shipped, "acme/shop.json")],
    isExact: true,
  });
});

test("versions are never mixed: the project's counts, or the other where it alone has all types", () => {
  pack(own, "1.1.0", ["shop_gift", "shop_order"]);
  pack(shipped, "1.0.0", ["shop_basket", "shop_order"]);
  expect(find(["shop_order"])).toMatchObject({ version: "1.1.0" });
  expect(find(["shop_basket", "shop_order"])).toMatchObject({ version: "1.0.0" });
  expect(find(["shop_basket", "shop_gift"], { constraints: ["~> 1.0"] })).toMatchObject({
    types: ["shop_basket"],
    message: "'acme/shop' cannot be rehearsed: the pack of its schema (1.1.0) has no 'shop_basket'",
    order: { types: ["shop_basket"], version: "1.1.0", constraints: ["~> 1.0"] },
  });
});

test("a version that the lock or the constraints refuse is left out", () => {
  pack(own, "2.0.0", ["shop_order"]);
  pack(shipped, "1.0.0", ["shop_order"]);
  expect(find(["shop_order"], { locked: "1.0.0" })).toMatchObject({ version: "1.0.0" });
  expect(find(["shop_order"], { constraints: ["< 2.0"] })).toMatchObject({ version: "1.0.0" });
  expect(find(["shop_gift"], { locked: "1.0.0" })).toMatchObject({
    order: { types: ["shop_gift"], version: "1.0.0" },
  });
  expect(find(["shop_order"], { locked: "3.0.0" })).toMatchObject({
    message:
      "'acme/shop' cannot be rehearsed: the pack of its schema is 2.0.0 and 1.0.0, and the platform is locked to 3.0.0",
    order: { types: ["shop_order"], version: "3.0.0" },
  });
});

test("an overlay of the project takes a key back by null, also from a version on", () => {
  const below =
    "source: acme/shop\nresources:\n  shop_order: { id: '{name}', unique: [name], force_new: [size] }\n";
  write(shipped, ".overlay.yaml", below);
  const text = `source: acme/shop
resources:
  shop_order: { force_new: null }
versions: { ">= 2.0": { resources: { shop_order: { unique: null } } } }
`;
  write(own, ".overlay.yaml", text);
  const keysIn = (version: string) => {
    const { overlay, problems } = packedOverlay(SHOP, [own, shipped], version);
    const { takenBack: _back, ...keys } = overlay?.resources.get("shop_order") ?? {};
    return { keys, problems };
  };
  expect(keysIn("1.0.0")).toEqual({ keys: { id: "{name}", unique: ["name"] }, problems: [] });
  expect(keysIn("2.0.0")).toEqual({ keys: { id: "{name}" }, problems: [] });
});

test("an overlay of the project changes what it names, and nothing else", () => {
  write(
    shipped,
    ".overlay.yaml",
    `source: acme/shop
settings: { SHOP: "a", TILL: "b" }
resources:
  shop_order: { id: "{name}", force_new: [name], defaults: { size: 1 } }
  shop_gift: { force_new: [colour] }
data:
  shop_order: { match: [name] }
`,
  );
  write(
    own,
    ".overlay.yaml",
    `source: acme/shop
settings: { TILL: "c" }
resources:
  shop_order: { force_new: [size] }
data:
  shop_card: { finds: null }
`,
  );
  write(shipped, ".replacements.txt", "shop_gift size\nshop_other colour\n");
  expect(packedOverlay(SHOP, [own, shipped])).toEqual({
    problems: [],
    overlay: {
      source: "acme/shop",
      settings: { SHOP: "a", TILL: "c" },
      resources: new Map([
        ["shop_order", { id: "{name}", forceNew: ["size"], defaults: { size: 1 } }],
        ["shop_gift", { forceNew: ["colour"] }],
      ]),
      dataSources: new Map([
        ["shop_order", { match: ["name"] }],
        ["shop_card", { finds: null }],
      ]),
      parents: [],
      protections: [],
      replacements: new Map([["shop_gift", { always: ["size"], sometimes: [] }]]),
    },
  });
  const order = block({ id: ID, name: NAME });
  const served = {
    resources: new Map([["shop_order", { version: 0, block: order }]]),
    dataSources: new Map(),
  };
  expect(packedOverlay(SHOP, [own, shipped], "1.0.0", served).problems).toMatchObject([
    { path: join(own, "acme/shop.overlay.yaml"), line: 4, message: expect.stringContaining("no 'size'") },
  ]);
  write(own, ".overlay.yaml", "source: acme/shop\nresource: {}\n");
  expect(packedOverlay(SHOP, [own, shipped]).problems).toMatchObject([
    { path: join(own, "acme/shop.overlay.yaml"), line: 2 },
  ]);
});

const SHOP = {
  source: "acme/shop",
  resources: ["shop_order", "shop_gift"],
  dataSources: [],
  ephemerals: [],
  constraints: [],
};

test("a hint names the program that the platform is run by", () => {
  const need: SchemaNeed = {
    source: "acme/shop",
    resources: ["shop_order"],
    dataSources: [],
    ephemerals: [],
    constraints: [],
  };
  expect(packedSchema(need, undefined, [own], "tofu")).toMatchObject({
    hint: expect.stringContaining("('tofu providers mirror .platc/providers')") as unknown,
  });
});
