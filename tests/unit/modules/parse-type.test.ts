import fc from "fast-check";
import { expect, test } from "vitest";
import { parseTerraformType } from "../../../src/modules/parse-type.ts";
import { renderTerraformType } from "../../../src/modules/render-type.ts";
import type { TerraformAttribute, TerraformType } from "../../../src/modules/terraform-type.ts";
import type { Json } from "../../../src/text/json.ts";

const STRING = { kind: "string" } as const;
const ANY = { kind: "any" } as const;

function object(attributes: Record<string, TerraformAttribute>): TerraformType {
  return { kind: "object", attributes: new Map(Object.entries(attributes)) };
}

test.each<[string, TerraformType]>([
  ["string", STRING],
  ["bool", { kind: "bool" }],
  ["list", { kind: "list", element: ANY }],
  ["map", { kind: "map", element: ANY }],
  ['"string"', STRING],
  ['"list"', { kind: "list", element: ANY }],
  ["map(set(number))", { kind: "map", element: { kind: "set", element: { kind: "number" } } }],
  ["tuple([string, any,])", { kind: "tuple", elements: [STRING, ANY] }],
  ["tuple([])", { kind: "tuple", elements: [] }],
  ["object({})", object({})],
  ["list(\n  string\n)", { kind: "list", element: STRING }],
  [
    'map(object({a = optional(string, "x")}))',
    { kind: "map", element: object({ a: { type: STRING, optional: true, default: "x" } }) },
  ],
  [
    'object({\r\n  a = string # one\r\n  b-c : number, // two\n  /* three\n  */ "d e" = optional(any)\n})',
    object({
      a: { type: STRING, optional: false },
      "b-c": { type: { kind: "number" }, optional: false },
      "d e": { type: ANY, optional: true },
    }),
  ],
  [
    "object({ a = optional(object({ b = optional(list(string), []) }), { b = [\"x\", null, -1.5, true], 'c' : 1 }) })".replace(
      /'/g,
      '"',
    ),
    object({
      a: {
        type: object({ b: { type: { kind: "list", element: STRING }, optional: true, default: [] } }),
        optional: true,
        default: { b: ["x", null, -1.5, true], c: 1 },
      },
    }),
  ],
  [
    "object({ a = optional(number, 12345678901234567890) })",
    object({ a: { type: { kind: "number" }, optional: true, default: 12345678901234567890n } }),
  ],
  [
    'object({ a = optional(string, "q\\"\\\\\\n\\u00e9$${x} %%{y} $5") })',
    object({ a: { type: STRING, optional: true, default: 'q"\\\né${x} %{y} $5' } }),
  ],
  [
    "object({\n  a = optional(string, <<-EOT\n    x\n      y $${z}\n    EOT\n  )\n})",
    object({ a: { type: STRING, optional: true, default: "x\n  y ${z}\n" } }),
  ],
])("reads %s", (text, type) => {
  expect(parseTerraformType(text)).toEqual(type);
});

test.each([
  "",
  "strin",
  "set",
  "list()",
  "list(string",
  "list(string) x",
  "map(string, number)",
  "tuple(string)",
  "object({ a = string b = number })",
  "object({ a = string, a = number })",
  "object({ a = optional() })",
  'object({ a = optional(string, "${x}") })',
  "object({ a = optional(number, 1 + 1) })",
  "optional(string)",
  '"number(x)"',
  "list(string]",
  "${x}",
  "__proto__",
  'object({ a = optional(string, "\\q") })',
])("refuses %j", (text) => {
  expect(parseTerraformType(text)).toBeUndefined();
});

test("renders on one line", () => {
  const text =
    'map(object({ a = optional(string, "$${x}\\n"), "b c" = tuple([bool, list(any)]), d = object({}) }))';
  expect(renderTerraformType(parseTerraformType(text)!)).toBe(text);
});

const anyLiteral: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: "grapheme" }),
    fc.constantFrom<Json>(null, true, false, "${a}", "%{b}", "\b\f", "__proto__", 2n ** 70n),
    fc.integer(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((number) => (Object.is(number, -0) ? 0 : number))
      .filter((number) => !Number.isInteger(number) || Number.isSafeInteger(number)),
    fc.array(tie("value"), { maxLength: 3 }),
    fc
      .array(fc.tuple(fc.string(), tie("value")), { maxLength: 3 })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).value;

const anyType: fc.Arbitrary<TerraformType> = fc.letrec<{ type: TerraformType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<TerraformType>(STRING, ANY, { kind: "number" }, { kind: "bool" }),
    fc
      .tuple(fc.constantFrom("list" as const, "set" as const, "map" as const), tie("type"))
      .map(([kind, element]) => ({ kind, element })),
    fc.array(tie("type"), { maxLength: 3 }).map((elements) => ({ kind: "tuple" as const, elements })),
    fc
      .array(
        fc.tuple(
          fc.string({ unit: "grapheme" }),
          tie("type"),
          fc.option(anyLiteral, { nil: undefined }),
          fc.boolean(),
        ),
        { maxLength: 3 },
      )
      .map((entries) => ({
        kind: "object" as const,
        attributes: new Map(
          entries.map(([name, type, standard, optional]): [string, TerraformAttribute] => [
            name,
            optional && standard !== undefined ? { type, optional, default: standard } : { type, optional },
          ]),
        ),
      })),
  ),
})).type;

test("what is rendered is read back as it was", () => {
  fc.assert(
    fc.property(anyType, (type) => {
      expect(parseTerraformType(renderTerraformType(type))).toEqual(type);
    }),
  );
});
