import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import baseSchema from "../../../schema/platform.schema.json" with { type: "json" };
import { diskSources } from "../../../src/disk/disk-sources.ts";
import { createHclCache } from "../../../src/disk/hcl-cache.ts";
import { parseHcl } from "../../../src/disk/hcl-parser.ts";
import { offeredModules } from "../../../src/generate/offered-modules.ts";
import { platformSchema } from "../../../src/generate/platform-schema.ts";
import { typeSchema } from "../../../src/generate/type-schema.ts";
import { parseTerraformType } from "../../../src/modules/parse-type.ts";
import { completePlatform } from "../../../src/spec/complete-platform.ts";
import { plain } from "../../../src/spec/plain.ts";
import { readSpec } from "../../../src/spec/read-spec.ts";
import type { JsonObject } from "../../../src/text/json.ts";

const ROOT = join(import.meta.dirname, "../../..");
const specs = readdirSync(join(ROOT, "specs")).map((name) => `specs/${name}/platform.yaml`);

test.each(specs.filter((spec) => existsSync(join(ROOT, spec))))("%s fits its own schema", async (spec) => {
  const sources = diskSources(ROOT);
  const cached = createHclCache(join(ROOT, ".platc/cache/hcl"), parseHcl);
  const { root } = await readSpec(spec, sources);
  const schema = platformSchema(
    baseSchema as unknown as JsonObject,
    completePlatform(root),
    await offeredModules(sources, cached),
  );
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  validate(plain(root));
  expect(validate.errors ?? []).toEqual([]);
});

const accepts = (type: string, value: unknown): boolean => {
  const parsed = parseTerraformType(type);
  if (!parsed) throw new Error(`no type: ${type}`);
  return new Ajv({ strict: false }).validate(typeSchema(parsed), value);
};

test.each([
  ["string", "x", true],
  ["string", 8080, true],
  ["string", ["x"], false],
  ["number", 1, true],
  ["number", "1.5e3", true],
  ["number", "one", false],
  ["number", "{{vars.count}}", true],
  ["bool", true, true],
  ["bool", "true", true],
  ["bool", "yes", false],
  ["list(string)", ["a", "{{vars.b}}"], true],
  ["list(string)", "a", false],
  ["set(number)", "{{outputs.raw.ports}}", true],
  ["map(number)", { a: 1 }, true],
  ["map(number)", { a: [] }, false],
  ["object({ a = string, b = optional(number) })", { a: "x", b: null }, true],
  ["object({ a = string, b = optional(number) })", { b: 1 }, true],
  ["object({ a = string })", { aa: "x" }, false],
  ["any", { a: [1] }, true],
])("a %s takes %j: %s", (type, value, expected) => expect(accepts(type, value)).toBe(expected));
