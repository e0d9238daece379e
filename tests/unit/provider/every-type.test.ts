import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalText } from "../../../src/provider/canonical-text.ts";
import { containsUnknown } from "../../../src/provider/contains-unknown.ts";
import type { TypeContext } from "../../../src/provider/provider-engine.ts";
import { readOverlay } from "../../../src/provider/read-overlay.ts";
import { readProviderSchema } from "../../../src/provider/read-provider-schema.ts";
import { readSchemaPack } from "../../../src/provider/schema-pack.ts";
import { withComputedBlocks } from "../../../src/provider/with-computed-blocks.ts";
import { withDefaults } from "../../../src/provider/with-defaults.ts";
import { configOf } from "./arbitrary-configs.ts";
import { memoryWorld } from "./provider-parts.ts";
import { create, destroy, plan } from "./terraform-steps.ts";

const FOLDER = "schema/providers";
const sources = readdirSync(FOLDER, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.replace(/\.json$/, "").replaceAll("\\", "/"))
  .sort();

describe.each(sources)("%s", (source) => {
  const text = (ending: string): string => readFileSync(`${FOLDER}/${source}${ending}`, "utf8");
  const reading = readSchemaPack(text(".json"), source, source);
  if (reading.status !== "ok") throw new Error(reading.message);
  const { overlay } = readOverlay(text(".overlay.yaml"), source, source);
  const packed = readProviderSchema(reading.pack, source, reading.pack.version);
  const { resources } = withDefaults(withComputedBlocks(packed, overlay), overlay);

  test("each type is made from any configuration, planned again without a change, and destroyed", () => {
    for (const [typeName, schema] of resources) {
      const context: TypeContext = {
        source,
        typeName,
        schema,
        overlay: overlay.resources.get(typeName),
        settings: overlay.settings,
      };
      fc.assert(
        fc.property(configOf(schema.block, false), (config) => {
          const world = memoryWorld();
          const { state, problems } = create(context, world, config);
          expect({ typeName, problems }).toEqual({ typeName, problems: [] });
          const again = plan(context, state, config);
          expect(again.requiresReplace).toEqual([]);
          expect(containsUnknown(again.planned)).toBe(false);
          expect(canonicalText(again.planned, "as bags")).toBe(canonicalText(state, "as bags"));
          expect(destroy(context, world, state).problems).toEqual([]);
          expect(world.all()).toEqual([]);
        }),
        { numRuns: 10 },
      );
    }
  });
});
