import { expect, test } from "vitest";
import { readProviderSchema } from "../../../src/provider/read-provider-schema.ts";
import { impliedType } from "../../../src/rehearsal/implied-type.ts";

test("attributes, nested attributes and blocks of each kind", () => {
  const block = { attributes: { a: { type: "string", optional: true } } } as const;
  const open = { attributes: { a: { type: "dynamic", optional: true } } } as const;
  const nested = (nesting_mode: "single" | "list") => ({ nested_type: { nesting_mode, ...block } });
  const { provider } = readProviderSchema(
    {
      provider: {
        block: {
          attributes: { plain: { type: ["set", "number"] }, one: nested("single"), many: nested("list") },
          block_types: {
            single: { nesting_mode: "single", block },
            group: { nesting_mode: "group", block },
            list: { nesting_mode: "list", block },
            set: { nesting_mode: "set", block },
            map: { nesting_mode: "map", block },
            open: { nesting_mode: "list", block: open },
          },
        },
      },
    },
    "test/things",
    "1.0.0",
  );
  const object = ["object", { a: "string" }];
  expect(impliedType(provider)).toEqual([
    "object",
    {
      plain: ["set", "number"],
      one: object,
      many: ["list", object],
      single: object,
      group: object,
      list: ["list", object],
      set: ["set", object],
      map: ["map", object],
      open: "dynamic",
    },
  ]);
});
