import { expect, test } from "vitest";
import { cutProviderSchema } from "../../../src/provider/cut-provider-schema.ts";
import { readProviderSchema, type ProviderSchemaJson } from "../../../src/provider/read-provider-schema.ts";

/** As `terraform providers schema -json` writes it, texts for people and all. */
const JSON_OF_SHOP = {
  provider: { version: 0, block: { attributes: { region: { type: "string", optional: true } } } },
  resource_schemas: {
    shop_order: {
      version: 2,
      block: {
        description: "An order.",
        description_kind: "plain",
        deprecated: true,
        attributes: {
          description: {
            type: "string",
            description: "What for.",
            description_kind: "markdown",
            required: true,
          },
          deprecated: { type: "bool", optional: true, deprecated: true },
          lines: {
            type: ["list", ["object", { description: "string", deprecated: "bool" }]],
            description_kind: "plain",
            optional: true,
            computed: true,
          },
          secret_wo: { type: "string", optional: true, write_only: true, sensitive: true },
          type: { type: "string", computed: true },
          options: {
            nested_type: {
              attributes: { name: { type: "string", description_kind: "plain", required: true } },
              nesting_mode: "set",
            },
            optional: true,
          },
        },
        block_types: {
          address: {
            nesting_mode: "list",
            block: { attributes: { street: { type: "string", required: true } }, description_kind: "plain" },
            min_items: 1,
            max_items: 1,
          },
          timeouts: {
            nesting_mode: "single",
            block: { attributes: { create: { type: "string", optional: true } } },
          },
        },
      },
    },
    shop_customer: { version: 0, block: {} },
  },
  data_source_schemas: { shop_customer: { version: 0, block: {} } },
  ephemeral_resource_schemas: { shop_token: { version: 0, block: {} } },
} as unknown as ProviderSchemaJson;

const NO_FLAGS = {
  isRequired: false,
  isOptional: false,
  isComputed: false,
  isSensitive: false,
  isWriteOnly: false,
};

test("a provider's own JSON is read whole", () => {
  const schema = readProviderSchema(JSON_OF_SHOP, "acme/shop", "1.2.3");
  expect(schema).toMatchObject({ source: "acme/shop", version: "1.2.3" });
  expect([...schema.provider.attributes.keys()]).toEqual(["region"]);
  expect([...schema.resources.keys()]).toEqual(["shop_order", "shop_customer"]);
  expect([...schema.dataSources.keys()]).toEqual(["shop_customer"]);
  expect([...schema.ephemerals.keys()]).toEqual(["shop_token"]);
  const { version, block } = schema.resources.get("shop_order")!;
  expect(version).toBe(2);
  expect(Object.fromEntries(block.attributes)).toEqual({
    description: { ...NO_FLAGS, type: { kind: "plain", type: "string" }, isRequired: true },
    deprecated: { ...NO_FLAGS, type: { kind: "plain", type: "bool" }, isOptional: true },
    lines: {
      ...NO_FLAGS,
      type: { kind: "plain", type: ["list", ["object", { description: "string", deprecated: "bool" }]] },
      isOptional: true,
      isComputed: true,
    },
    secret_wo: {
      ...NO_FLAGS,
      type: { kind: "plain", type: "string" },
      isOptional: true,
      isSensitive: true,
      isWriteOnly: true,
    },
    type: { ...NO_FLAGS, type: { kind: "plain", type: "string" }, isComputed: true },
    options: {
      ...NO_FLAGS,
      type: {
        kind: "nested",
        mode: "set",
        attributes: new Map([
          ["name", { ...NO_FLAGS, type: { kind: "plain", type: "string" }, isRequired: true }],
        ]),
      },
      isOptional: true,
    },
  });
  const street = { ...NO_FLAGS, type: { kind: "plain", type: "string" }, isRequired: true };
  expect(block.blocks.get("address")).toEqual({
    mode: "list",
    minItems: 1,
    maxItems: 1,
    block: { attributes: new Map([["street", street]]), blocks: new Map() },
  });
  expect(block.blocks.get("timeouts")).toMatchObject({ mode: "single", minItems: 0, maxItems: 0 });
});

test("a cut schema is the same but for types that are not in use, and has no texts for people", () => {
  const types = { resources: ["shop_order", "shop_ordr"], dataSources: [], ephemerals: ["shop_token"] };
  const cut = cutProviderSchema(JSON_OF_SHOP, types);
  const read = (json: ProviderSchemaJson) => readProviderSchema(json, "acme/shop", "1.2.3");
  const [whole, part] = [read(JSON_OF_SHOP), read(cut)];
  expect([...part.resources.keys()]).toEqual(["shop_order"]);
  expect(part.resources.get("shop_order")).toEqual(whole.resources.get("shop_order"));
  expect(part.provider).toEqual(whole.provider);
  expect([...part.dataSources.keys()]).toEqual([]);
  expect([...part.ephemerals.keys()]).toEqual(["shop_token"]);
  expect(JSON.stringify(cut)).not.toMatch(/An order|What for|description_kind|"deprecated":true/);
});

test("a cut schema is the same text whatever the order of the JSON and of the types", () => {
  const reversed = JSON.parse(JSON.stringify(JSON_OF_SHOP), (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).reverse())
      : value,
  ) as ProviderSchemaJson;
  const names = ["shop_order", "shop_customer"];
  const cut = (json: ProviderSchemaJson, resources: readonly string[]): string =>
    JSON.stringify(cutProviderSchema(json, { resources, dataSources: [], ephemerals: [] }))
      // Types of objects are left as they are written.
      .replaceAll(
        '{"deprecated":"bool","description":"string"}',
        '{"description":"string","deprecated":"bool"}',
      );
  expect(cut(reversed, [...names].reverse())).toBe(cut(JSON_OF_SHOP, names));
});
