import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalText } from "../../../src/provider/canonical-text.ts";
import { containsUnknown } from "../../../src/provider/contains-unknown.ts";
import { isRecord, type ValueRecord } from "../../../src/provider/is-record.ts";
import { nestedObject, type NestedObject } from "../../../src/provider/nested-object.ts";
import type { AttributeSchema, BlockSchema, CtyType } from "../../../src/provider/provider-schema.ts";
import { UNKNOWN, type Value } from "../../../src/provider/value.ts";
import { configOf } from "./arbitrary-configs.ts";
import { attribute, block, blocks, contextOf, memoryWorld, nestedAttribute } from "./provider-parts.ts";
import { apply, create, plan } from "./terraform-steps.ts";

const plainType: fc.Arbitrary<CtyType> = fc.constantFrom<CtyType>(
  "string",
  "number",
  "bool",
  "dynamic",
  ["list", "string"],
  ["set", "string"],
  ["map", "number"],
  ["object", { inner: "string", flag: "bool" }],
  ["list", ["object", { inner: "string" }]],
  ["tuple", ["string", "number"]],
);
const flags = fc.constantFrom("required", "optional", "computed", "optional computed", "optional write-only");
const someNames = ["arn", "certificate", "endpoint", "private_ip", "size", "created_at"];

/** In each set's elements a required `key` tells them apart, as it does in nearly all of what providers have. */
const schemas: fc.Arbitrary<BlockSchema> = schemaOfDepth(2);

function schemaOfDepth(depth: number): fc.Arbitrary<BlockSchema> {
  const plain = fc.tuple(plainType, flags).map(([type, flag]) => attribute(type, flag));
  const attributes = fc.dictionary(fc.constantFrom(...someNames), plain, { maxKeys: 4 });
  if (depth === 0) return attributes.map((all) => block({ key: attribute("string", "required"), ...all }));
  const mode = fc.constantFrom("single", "list", "set", "map");
  const inner = schemaOfDepth(depth - 1);
  const nested = fc
    .tuple(mode, inner, fc.constantFrom("optional", "computed", "optional computed"))
    .map(([one, held, flag]) =>
      nestedAttribute(one, Object.fromEntries(allowedIn(one, held).attributes), flag),
    );
  const nestedBlocks = fc.tuple(fc.constantFrom("single", "list", "set", "map", "group"), inner);
  return fc
    .record({
      attributes,
      nested: fc.dictionary(fc.constantFrom("nested", "settings"), nested, { maxKeys: 2 }),
      blocks: fc.dictionary(
        fc.constantFrom("rule", "network"),
        nestedBlocks.map(([one, held]) => blocks(one, allowedIn(one, held))),
        { maxKeys: 2 },
      ),
    })
    .map((all) =>
      block({ key: attribute("string", "required"), ...all.attributes, ...all.nested }, all.blocks),
    );
}

/** Terraform refuses a schema with write-only attributes in sets. */
function allowedIn(mode: NestedObject["mode"], schema: BlockSchema): BlockSchema {
  if (mode !== "set") return schema;
  const allowed = (one: AttributeSchema): AttributeSchema => {
    const inner = nestedObject(one);
    if (one.type.kind === "plain" || inner === undefined) return { ...one, isWriteOnly: false };
    return { ...one, type: { ...one.type, attributes: allowedIn("set", inner.block).attributes } };
  };
  const attributes = [...schema.attributes].map(([name, one]) => [name, allowed(one)] as const);
  const held = [...schema.blocks].map(
    ([name, one]) => [name, blocks(one.mode, allowedIn("set", one.block))] as const,
  );
  return block(Object.fromEntries(attributes), Object.fromEntries(held));
}

const withConfigs = schemas.chain((schema) =>
  fc.record({
    context: fc.constant(
      contextOf(
        block(
          { ...Object.fromEntries(schema.attributes), id: attribute("string", "computed") },
          Object.fromEntries(schema.blocks),
        ),
      ),
    ),
    config: configOf(schema, false),
    later: configOf(schema, false),
    partly: configOf(schema, true),
  }),
);

test("what is applied agrees with what was planned and known, and leaves nothing unknown", () => {
  fc.assert(
    fc.property(withConfigs, ({ context, config }) => {
      const { planned } = plan(context, null, config);
      expect(disagreements(config, planned, context.schema.block)).toEqual([]);
      const { state, problems } = create(context, memoryWorld(), config);
      expect(problems).toEqual([]);
      expect(containsUnknown(state)).toBe(false);
      expect(disagreements(planned, state, undefined)).toEqual([]);
    }),
  );
});

test("a second plan of the same configuration is empty, in whatever order Terraform reads the sets back", () => {
  fc.assert(
    fc.property(withConfigs, ({ context, config }) => {
      const { state } = create(context, memoryWorld(), config);
      const read = setsReversed(context.schema.block, state);
      const again = plan(context, read, config);
      expect(again.requiresReplace).toEqual([]);
      expect(containsUnknown(again.planned)).toBe(false);
      expect(canonicalText(again.planned, "as bags")).toBe(canonicalText(state, "as bags"));
    }),
  );
});

test("so is one after a change", () => {
  fc.assert(
    fc.property(withConfigs, ({ context, config, later }) => {
      const world = memoryWorld();
      const first = create(context, world, config);
      const { planned } = plan(context, first.state, later);
      const second = apply(context, world, first.state, later);
      expect(second.id).toBe(first.id);
      expect(containsUnknown(second.state)).toBe(false);
      expect(disagreements(planned, second.state, undefined)).toEqual([]);
      const again = plan(context, second.state, later);
      expect(canonicalText(again.planned, "as bags")).toBe(canonicalText(second.state, "as bags"));
      expect(containsUnknown(again.planned)).toBe(false);
    }),
  );
});

test("the same inputs in an empty world make the same resource", () => {
  fc.assert(
    fc.property(withConfigs, ({ context, config }) => {
      expect(create(context, memoryWorld(), config)).toEqual(create(context, memoryWorld(), config));
    }),
  );
});

test("a configuration that is partly unknown is planned without a known value changing", () => {
  fc.assert(
    fc.property(withConfigs, ({ context, partly }) => {
      expect(disagreements(partly, plan(context, null, partly).planned, context.schema.block)).toEqual([]);
    }),
  );
});

/** Where a known value came back changed; with a schema, null may have become what the provider decides. */
function disagreements(
  before: Value,
  after: Value,
  schema: BlockSchema | undefined,
  path = "",
): readonly string[] {
  if (before === UNKNOWN) return [];
  if (schema !== undefined && isRecord(before) && isRecord(after)) {
    const ofAttributes = [...schema.attributes].flatMap(([name, one]) => {
      const written = before[name] ?? null;
      if (one.isWriteOnly) return after[name] === null ? [] : [`${path}${name}`];
      if (written === null && one.isComputed) return after[name] === UNKNOWN ? [] : [`${path}${name}`];
      return within(nestedObject(one), written, after[name]!, `${path}${name}`);
    });
    const ofBlocks = [...schema.blocks].flatMap(([name, nested]) =>
      within(nested, before[name] ?? null, after[name]!, `${path}${name}`),
    );
    return [...ofAttributes, ...ofBlocks];
  }
  if (typeof before !== "object" || before === null || typeof after !== "object" || after === null) {
    return before === after ? [] : [path];
  }
  const names = Object.keys(before);
  if (names.length !== Object.keys(after).length) return [path];
  return names.flatMap((name) =>
    disagreements(
      (before as ValueRecord)[name]!,
      (after as ValueRecord)[name] ?? null,
      undefined,
      `${path}.${name}`,
    ),
  );
}

function within(
  nested: NestedObject | undefined,
  before: Value,
  after: Value,
  path: string,
): readonly string[] {
  if (nested === undefined || before === null || before === UNKNOWN) {
    return before === UNKNOWN && after !== UNKNOWN ? [path] : disagreements(before, after, undefined, path);
  }
  if (nested.mode === "single" || nested.mode === "group") {
    return disagreements(before, after, nested.block, `${path}.`);
  }
  return Object.entries(before).flatMap(([key, item]) =>
    disagreements(item as Value, (after as ValueRecord)[key] ?? null, nested.block, `${path}.${key}.`),
  );
}

function setsReversed(schema: BlockSchema, value: Value): Value {
  if (!isRecord(value)) return value;
  const turned = (nested: NestedObject, held: Value): Value => {
    if (Array.isArray(held)) {
      const items = held.map((item: Value) => setsReversed(nested.block, item));
      return nested.mode === "set" ? items.reverse() : items;
    }
    if (nested.mode !== "map" || !isRecord(held)) return setsReversed(nested.block, held);
    return Object.fromEntries(
      Object.entries(held).map(([key, item]) => [key, setsReversed(nested.block, item)]),
    );
  };
  return Object.fromEntries(
    Object.entries(value).map(([name, held]) => {
      const one = schema.attributes.get(name);
      const nested = (one && nestedObject(one)) ?? schema.blocks.get(name);
      return [name, nested === undefined ? held : turned(nested, held)];
    }),
  );
}
