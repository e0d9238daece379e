import { attributesIn } from "../provider/expand-template.ts";
import type { BlockSchema } from "../provider/provider-schema.ts";
import { readOverlay } from "../provider/read-overlay.ts";
import { readProviderSchema } from "../provider/read-provider-schema.ts";
import { readSchemaPack } from "../provider/schema-pack.ts";
import type { Sources } from "../source/sources.ts";
import type { PlatformSpec } from "../spec/platform.ts";
import { byCodePoint } from "../text/compare.ts";

/** A resource type that something of it may be given to a rehearsal. */
export interface OfferedType {
  readonly name: string;
  /** The provider, such as `hashicorp/aws`. */
  readonly source: string;
  /** With what only its data source says of it, such as `default` of an `aws_vpc`. */
  readonly block: BlockSchema;
  /** Attributes that its id is made of. */
  readonly idNames: readonly string[];
}

/** The types that packs have of a platform's providers, those of the project before those of platc; sorted. */
export async function offeredTypes(
  spec: PlatformSpec,
  sources: Pick<Sources, "readText">,
  shipped: Pick<Sources, "readText">,
): Promise<readonly OfferedType[]> {
  const providers = new Set([...spec.providers.values()].flatMap(({ source }) => source ?? []));
  const places = [...providers].flatMap((source) => [shipped, sources].map((from) => ({ from, source })));
  const packed = await Promise.all(places.map(({ from, source }) => typesOfPack(from, source)));
  const byName = new Map(packed.flat().map((type) => [type.name, type]));
  return [...byName.values()].sort((left, right) => byCodePoint(left.name, right.name));
}

/** A pack that cannot be read offers nothing; a rehearsal says why. */
async function typesOfPack(from: Pick<Sources, "readText">, source: string): Promise<readonly OfferedType[]> {
  const path = `schema/providers/${source}`;
  const [packText, overlayText] = await Promise.all([
    from.readText(`${path}.json`),
    from.readText(`${path}.overlay.yaml`),
  ]);
  if (packText === undefined) return [];
  const reading = readSchemaPack(packText, path, source);
  if (reading.status === "bad") return [];
  const { resources, dataSources } = readProviderSchema(reading.pack, source, reading.pack.version);
  const overlay = overlayText === undefined ? undefined : readOverlay(overlayText, path, source).overlay;
  return [...resources].map(([name, { block }]) => ({
    name,
    source,
    block: {
      attributes: new Map([...(dataSources.get(name)?.block.attributes ?? []), ...block.attributes]),
      blocks: new Map([...block.blocks].filter(([nested]) => nested !== "timeouts")),
    },
    idNames: [...new Set(attributesIn(overlay?.resources.get(name)?.id))].filter(
      (id) => block.attributes.has(id) || block.blocks.has(id.split(".", 1)[0]!),
    ),
  }));
}
