import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { diskSources } from "../../../src/disk/disk-sources.ts";
import { parseHcl } from "../../../src/disk/hcl-parser.ts";
import { loadModules } from "../../../src/modules/load-modules.ts";
import { attributesIn } from "../../../src/provider/expand-template.ts";
import type { AttributeSchema, BlockSchema } from "../../../src/provider/provider-schema.ts";
import { readOverlay, type ServedTypes } from "../../../src/provider/read-overlay.ts";
import { readProviderSchema } from "../../../src/provider/read-provider-schema.ts";
import { missingTypes, readSchemaPack, type SchemaPack } from "../../../src/provider/schema-pack.ts";
import { withComputedBlocks } from "../../../src/provider/with-computed-blocks.ts";
import { typesInUse } from "../../../src/provider/types-in-use.ts";

const FOLDER = "schema/providers";
const sources = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name }) => readdirSync(join(FOLDER, name)).map((file) => `${name}/${file}`))
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.replace(/\.json$/, ""));

describe.each(sources)("%s", (source) => {
  const pack = packOf(source);
  const { overlay, problems } = overlayOf(source);
  const packed = readProviderSchema(pack, source, pack.version);
  const schema = withComputedBlocks(packed, overlay);

  test("the pack says what it is and where it comes from", () => {
    expect(pack).toMatchObject({ source, licence: "MPL-2.0" });
    expect(pack.notice).toContain("https://mozilla.org/MPL/2.0/");
    expect(pack.made).toMatch(/node schema\/extract-provider\.mjs /);
    expect(pack.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("the overlay has no mistakes", () => {
    expect(problems).toEqual([]);
  });

  test("every resource type of the pack has an overlay, and no other", () => {
    expect([...overlay.resources.keys()].sort()).toEqual([...schema.resources.keys()].sort());
    expect([...overlay.dataSources.keys()].filter((type) => !schema.dataSources.has(type))).toEqual([]);
  });

  test("every key of the overlay does something to its type", () => {
    expect(overlayOf(source, packed).problems).toEqual([]);
  });

  test("what rules of parents say of types is in the schema of those that the pack has", () => {
    const wrong = (overlay.parents ?? []).flatMap(({ of, attribute, types, by, itself = [] }) => {
      const has = (type: string, paths: readonly string[]): boolean => {
        const block = schema.resources.get(type)?.block;
        return block === undefined || paths.some((path) => exists(block, path));
      };
      return [
        ...of.filter((type) => !has(type, [attribute].flat()) || !itself.every((path) => has(type, [path]))),
        ...types.filter((type) => !has(type, by)),
      ];
    });
    expect(wrong).toEqual([]);
  });

  test("what goes with a resource is a type of the pack that names it", () => {
    const wrong = [...overlay.resources.values()].flatMap(({ takes = {} }) =>
      Object.entries(takes).filter(([type, path]) => {
        const block = schema.resources.get(type)?.block;
        return block === undefined || !exists(block, path);
      }),
    );
    expect(wrong).toEqual([]);
  });

  test("what a data source lists and compares is in the resource that it finds, and in the pack", () => {
    const wrong = [...overlay.dataSources].flatMap(([type, { finds, lists = {}, filters = {} }]) => {
      const own = schema.dataSources.get(type)?.block;
      if (own === undefined || Object.keys({ ...lists, ...filters }).length === 0) return [];
      const found = [finds ?? type].flat().map((resource) => schema.resources.get(resource)?.block);
      return [
        ...Object.keys(lists).filter((path) => !own.attributes.get(path)?.isComputed),
        ...[...attributesIn(lists), ...Object.values(filters)].filter(
          (path) =>
            found.includes(undefined) ||
            !found.some((block) => exists(block!, path.replace(/^id\.kind$/, "id"))),
        ),
      ].map((path) => `${type}.${path}`);
    });
    expect(wrong).toEqual([]);
  });

  test("a pack from a package has the ephemeral resources of the overlay, and no other", () => {
    if (pack.origin.kind === "provider") return;
    const { ephemeral = {} } = parse(readFileSync(join(FOLDER, `${source}.overlay.yaml`), "utf8")) as {
      readonly ephemeral?: Readonly<Record<string, unknown>>;
    };
    const blocks = Object.entries(pack.ephemeral_resource_schemas ?? {}).map(([type, { block }]) => [
      type,
      block,
    ]);
    expect(Object.fromEntries(blocks)).toEqual(ephemeral);
  });

  test("every computed block of the overlay is a block of the schema, and has a value", () => {
    const wrong = [...overlay.resources].flatMap(([type, { computedBlocks = [], values = {} }]) =>
      computedBlocks
        .filter((path) => !hasBlock(packed.resources.get(type)!.block, path) || !Object.hasOwn(values, path))
        .map((name) => `${type}.${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test("what the overlay calls sensitive is so in the pack", () => {
    const unmarked = [...overlay.resources].flatMap(([type, { sensitive = [] }]) =>
      sensitive
        .filter((path) => !attributeAt(schema.resources.get(type)!.block, path)?.isSensitive)
        .map((path) => `${type}.${path}`),
    );
    expect(unmarked).toEqual([]);
  });
});

test("the packs have every type that the modules of the project use", async () => {
  const names = readdirSync("modules", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join("modules", name)).map((module) => `${name}/${module}`));
  const modules = [...(await loadModules(names, diskSources("."), parseHcl)).values()];
  const contracts = modules.flatMap(({ contract }) => contract ?? []);
  expect(contracts).toHaveLength(names.length);
  const used = typesInUse([{ root: {}, contracts }]);
  expect(used.map(({ source }) => source)).toContain("hashicorp/aws");
  const lacking = used.map((types) => [types.source, missingTypes(packOf(types.source), types)]);
  expect(lacking).toEqual(used.map(({ source }) => [source, []]));
});

function packOf(source: string): SchemaPack {
  const path = join(FOLDER, `${source}.json`);
  const reading = readSchemaPack(readFileSync(path, "utf8"), path, source);
  if (reading.status === "bad") throw new Error(reading.message);
  return reading.pack;
}

function overlayOf(source: string, served?: ServedTypes): ReturnType<typeof readOverlay> {
  const path = join(FOLDER, `${source}.overlay.yaml`);
  return readOverlay(readFileSync(path, "utf8"), path, source, undefined, served);
}

function hasBlock(block: BlockSchema, path: string): boolean {
  const [first, ...rest] = path.split(".");
  const nested = block.blocks.get(first!);
  return nested !== undefined && (rest.length === 0 || hasBlock(nested.block, rest.join(".")));
}

/** A path may lead into a dynamic attribute, of which the schema says nothing. */
function exists(block: BlockSchema, path: string): boolean {
  const [first, ...rest] = path.split(".");
  const attribute = block.attributes.get(first!);
  if (attribute?.type.kind === "plain" && attribute.type.type === "dynamic") return true;
  const nested = block.blocks.get(first!);
  if (nested !== undefined) return rest.length === 0 || exists(nested.block, rest.join("."));
  return attribute !== undefined && (rest.length === 0 || attributeAt(block, path) !== undefined);
}

function attributeAt(block: BlockSchema, path: string): AttributeSchema | undefined {
  const [first, ...rest] = path.split(".");
  const attribute = block.attributes.get(first!);
  if (rest.length === 0) return attribute;
  const inner =
    block.blocks.get(first!)?.block ??
    (attribute?.type.kind === "nested"
      ? { attributes: attribute.type.attributes, blocks: new Map() }
      : undefined);
  return inner === undefined ? undefined : attributeAt(inner, rest.join("."));
}
