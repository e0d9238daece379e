import { expect, test } from "vitest";
import { readProviderSchema } from "../../../src/provider/read-provider-schema.ts";
import type { TypeOverlay } from "../../../src/provider/type-overlay.ts";
import { withComputedBlocks } from "../../../src/provider/with-computed-blocks.ts";

const IDENTITY = {
  nesting_mode: "list",
  max_items: 1,
  block: {
    attributes: { id: { type: "string", computed: true }, tags: { type: ["map", "string"], optional: true } },
    block_types: {
      key: { nesting_mode: "set", block: { attributes: { name: { type: "string", required: true } } } },
      timeouts: { nesting_mode: "single", block: { attributes: { create: { type: "string" } } } },
    },
  },
} as const;
const SCHEMA = readProviderSchema(
  {
    resource_schemas: {
      shop_order: { version: 3, block: { block_types: { identity: IDENTITY, note: IDENTITY } } },
      shop_customer: { block: { block_types: { identity: IDENTITY } } },
    },
  },
  "acme/shop",
  "1.2.3",
);
const overlay = (resources: Readonly<Record<string, TypeOverlay>>) => ({
  source: "acme/shop",
  settings: {},
  resources: new Map(Object.entries(resources)),
  dataSources: new Map(),
});

test("a computed block is an attribute of objects, and nothing else changes", () => {
  const changed = withComputedBlocks(
    SCHEMA,
    overlay({ shop_order: { computedBlocks: ["identity", "none"] } }),
  );
  const order = changed.resources.get("shop_order")!;
  expect(order.version).toBe(3);
  expect([...order.block.blocks.keys()]).toEqual(["note"]);
  expect([...order.block.attributes]).toEqual([
    [
      "identity",
      {
        type: {
          kind: "plain",
          type: [
            "list",
            [
              "object",
              {
                id: "string",
                tags: ["map", "string"],
                key: ["set", ["object", { name: "string" }, ["name"]]],
                timeouts: ["object", { create: "string" }, ["create"]],
              },
              ["id", "tags", "key", "timeouts"],
            ],
          ],
        },
        isRequired: false,
        isOptional: true,
        isComputed: true,
        isSensitive: false,
        isWriteOnly: false,
      },
    ],
  ]);
  expect(changed.resources.get("shop_customer")).toBe(SCHEMA.resources.get("shop_customer"));
});

test("a block within a block is found by its path", () => {
  const changed = withComputedBlocks(SCHEMA, overlay({ shop_order: { computedBlocks: ["identity.key"] } }));
  const { attributes, blocks } = changed.resources.get("shop_order")!.block.blocks.get("identity")!.block;
  expect([...blocks.keys()]).toEqual(["timeouts"]);
  expect(attributes.get("key")).toMatchObject({ isOptional: true, isComputed: true });
});

test("without an overlay, or without such blocks, a schema stays as it is", () => {
  expect(withComputedBlocks(SCHEMA, undefined)).toBe(SCHEMA);
  expect(withComputedBlocks(SCHEMA, overlay({ shop_order: { id: "{name}" } }))).toEqual(SCHEMA);
});
