import { fullSource, lockableSources } from "../emit/lock-entries.ts";
import type { Environment } from "../terraform/child-environment.ts";
import type { Tools } from "../terraform/prepare-tools.ts";
import { byVersion } from "../text/version.ts";
import { type CapturedSchema, type CaptureRequest, captureSchema } from "./capture-schema.ts";
import { fitsNeed } from "./fits-need.ts";
import type { SchemaNeed } from "./schema-origin.ts";

export interface InstalledSearch {
  readonly tools: Pick<Tools, "mirrors" | "terraform">;
  readonly environment: Environment;
  readonly tell: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
  /** Where it is false, a schema that is not in platc's cache already is not asked for. */
  readonly mayAsk?: boolean;
}

/** With its version, or why it could not be read. */
export type InstalledSchema = CapturedSchema & { readonly version: string };

/** The schema of a provider that lies in a mirror, cut to the types in use; undefined where none holds it. */
export async function installedSchema(
  need: SchemaNeed,
  locked: string | undefined,
  { tools, environment, tell, signal, mayAsk }: InstalledSearch,
): Promise<InstalledSchema | undefined> {
  const newest = newestHeld(need, locked, tools);
  if (newest === undefined) return undefined;
  const { resources, dataSources, ephemerals } = need;
  const captured = await captureSchema({
    ...newest,
    types: { resources, dataSources, ephemerals },
    terraform: tools.terraform,
    environment,
    tell,
    signal,
    ...(mayAsk !== undefined && { mayAsk }),
  });
  return { ...captured, version: newest.version };
}

/** A mirror that was filled for the other flavour holds the same provider under that one's registry. */
function newestHeld(
  need: SchemaNeed,
  locked: string | undefined,
  { mirrors, terraform }: InstalledSearch["tools"],
): Pick<CaptureRequest, "mirror" | "source" | "version"> | undefined {
  const own = fullSource(need.source, terraform.flavour);
  const sources = [own, ...lockableSources(need.source).filter((source) => source !== own)];
  const held = sources.map((source) =>
    mirrors.flatMap(({ path, providers }) =>
      providers
        .filter((one) => one.source === source && fitsNeed(one.version, need, locked))
        .map(({ version }) => ({ mirror: path, source, version })),
    ),
  );
  const [first = []] = held.filter((ofSource) => ofSource.length > 0);
  return first.sort((left, right) => byVersion(right.version, left.version))[0];
}
