import { expect, test } from "vitest";
import type { CtyType } from "../../../src/provider/provider-schema.ts";
import type { ValuePath } from "../../../src/provider/value.ts";
import { encodePath } from "../../../src/rehearsal/wire-path.ts";

const TYPE: CtyType = [
  "object",
  {
    name: "string",
    tags: ["map", "string"],
    disk: ["list", ["object", { size: "number" }]],
    rule: ["set", ["object", { port: "number" }]],
    pair: ["tuple", ["string", ["object", { deep: "bool" }]]],
    any: "dynamic",
  },
];

test.each<[ValuePath, readonly object[]]>([
  [[], []],
  [["name"], [{ attribute_name: "name" }]],
  [
    ["tags", "owner"],
    [{ attribute_name: "tags" }, { element_key_string: "owner" }],
  ],
  [
    ["disk", 0, "size"],
    [{ attribute_name: "disk" }, { element_key_int: 0 }, { attribute_name: "size" }],
  ],
  [
    ["pair", 1, "deep"],
    [{ attribute_name: "pair" }, { element_key_int: 1 }, { attribute_name: "deep" }],
  ],
  [["rule", { element: { port: 22 } }, "port"], [{ attribute_name: "rule" }]],
  [["rule", 0, "port"], [{ attribute_name: "rule" }]],
  [["any", "thing"], [{ attribute_name: "any" }]],
])("%j", (path, steps) => {
  expect(encodePath(TYPE, path)).toEqual({ steps });
});
