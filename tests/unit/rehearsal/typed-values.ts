import fc from "fast-check";
import type { CtyType } from "../../../src/provider/provider-schema.ts";
import { DynamicRecord, UNKNOWN, type Value } from "../../../src/provider/value.ts";
import { parseExactNumber } from "../../../src/provider/exact-number.ts";

export interface TypedValue {
  readonly type: CtyType;
  readonly value: Value;
}

const name = fc.string({ minLength: 1, maxLength: 6 }).filter((text) => text !== "__proto__");

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.nat(30))
  .map(([digits, places]) => parseExactNumber(`${digits}e-${places}`));
const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), decimal, fc.bigInt().map(exact));

const type: fc.Arbitrary<CtyType> = fc.letrec<{ type: CtyType; record: Record<string, CtyType> }>((tie) => ({
  record: fc.dictionary(name, tie("type"), { maxKeys: 3 }),
  type: fc.oneof(
    { maxDepth: 3, depthIdentifier: "type" },
    fc.constantFrom<CtyType>("string", "number", "bool", "dynamic"),
    fc
      .tuple(fc.constantFrom("list", "set", "map"), tie("type"))
      .map(([kind, element]): CtyType => [kind, element]),
    tie("record").map((members): CtyType => ["object", members]),
    fc.array(tie("type"), { maxLength: 3 }).map((elements): CtyType => ["tuple", elements]),
  ),
})).type;

/** Any type with any value of it; unknown ones where they are asked for. */
export function typedValue({ withUnknown }: { readonly withUnknown: boolean }): fc.Arbitrary<TypedValue> {
  const absent: readonly Value[] = withUnknown ? [null, UNKNOWN] : [null];
  const valueOf = (of: CtyType): fc.Arbitrary<Value> =>
    fc.oneof({ weight: 8, arbitrary: knownValue(of) }, { weight: 1, arbitrary: fc.constantFrom(...absent) });
  const knownValue = (of: CtyType): fc.Arbitrary<Value> => {
    if (of === "string") return fc.string({ unit: "grapheme" });
    if (of === "number") return number;
    if (of === "bool") return fc.boolean();
    if (of === "dynamic")
      return type.chain((own) => valueOf(own).map((value) => new DynamicRecord(own, value)));
    switch (of[0]) {
      case "map":
        return fc.dictionary(name, valueOf(of[1]), { maxKeys: 3, noNullPrototype: true });
      case "object":
        return fc.record(
          Object.fromEntries(Object.entries(of[1]).map(([key, member]) => [key, valueOf(member)])),
          {
            noNullPrototype: true,
          },
        );
      case "tuple":
        return fc.tuple(...of[1].map(valueOf));
      default:
        return fc.array(valueOf(of[1]), { maxLength: 3 });
    }
  };
  return type.chain((of) => valueOf(of).map((value) => ({ type: of, value })));
}

function exact(value: bigint): number | bigint | string {
  return parseExactNumber(value.toString());
}
