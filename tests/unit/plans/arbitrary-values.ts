import fc from "fast-check";
import type { PartialValue } from "../../../src/plans/value.ts";

const SPECIAL_TEXTS = [
  "",
  "${x}",
  "$${",
  "%{ if }",
  "%%{",
  'a"b\\c',
  "line\nline\r\n",
  "\u0000\u0007",
  "\u2028",
  "𝒳🙂",
  "$",
  "{",
  "__proto__",
];

/** Terraform keeps strings in Unicode normal form C, so only such can come out of a plan. */
const texts = fc.oneof(
  fc.constantFrom(...SPECIAL_TEXTS),
  fc.string({ unit: "binary", maxLength: 12 }).map((text) => text.normalize("NFC")),
  fc
    .array(fc.constantFrom("$", "%", "{", "}", "\\", '"', "\n", "a"), { maxLength: 8 })
    .map((parts) => parts.join("")),
);

const numbers = fc.oneof(
  fc.integer().map(String),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
  fc
    .tuple(fc.integer(), fc.integer({ min: 1, max: 999 }), fc.integer({ min: -20, max: 20 }))
    .map(([whole, part, power]) => `${whole}.${part}e${power}`),
);

/** Any value of a plan that Terraform could print: partly unknown, partly sensitive. */
export const partialValues: fc.Arbitrary<PartialValue> = fc.letrec<{
  value: PartialValue;
  leaf: PartialValue;
}>((tie) => ({
  leaf: fc
    .tuple(
      fc.oneof(
        fc
          .oneof(fc.constant(null), fc.boolean(), texts)
          .map((value): PartialValue => ({ kind: "scalar", value })),
        numbers.map((digits): PartialValue => ({ kind: "number", digits })),
        fc.constant<PartialValue>({ kind: "unknown" }),
      ),
      fc.integer({ min: 0, max: 5 }),
    )
    .map(([value, dice]): PartialValue => (dice === 0 ? { ...value, sensitive: true } : value)),
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    tie("leaf"),
    fc.array(tie("value"), { maxLength: 4 }).map((items): PartialValue => ({ kind: "list", items })),
    fc
      .array(fc.tuple(texts, tie("value")), { maxLength: 4 })
      .map((entries): PartialValue => ({ kind: "map", entries: new Map(entries) })),
    fc
      .array(tie("value"), { maxLength: 2 })
      .map((items): PartialValue => ({ kind: "list", items, sensitive: true })),
  ),
})).value;
