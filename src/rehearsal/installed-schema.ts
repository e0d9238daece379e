import { fullSource } from "../emit/lock-entries.ts";
import type { Environment } from "../terraform/child-environment.ts";
import type { Tools } from "../terraform/prepare-tools.ts";
import { meetsConstraint } from "../text/version-constraint.ts";
import { type CapturedSchema, captureSchema } from "./capture-schema.ts";
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
  const source = addressOf(need.source, tools.terraform.flavour);
  const held = tools.mirrors.flatMap(({ path, providers }) =>
    providers
      .filter((one) => one.source === source && fits(one.version, need, locked))
      .map(({ version }) => ({ mirror: path, version })),
  );
  const newest = held.sort((left, right) => byVersion(right.version, left.version))[0];
  if (newest === undefined) return undefined;
  const { resources, dataSources, ephemerals } = need;
  const captured = await captureSchema({
    ...newest,
    source,
    types: { resources, dataSources, ephemerals },
    terraformPath: tools.terraform.path,
    environment,
    tell,
    signal,
    ...(mayAsk !== undefined && { mayAsk }),
  });
  return { ...captured, version: newest.version };
}

/** OpenTofu takes a source without a host from a registry of its own. */
function addressOf(source: string, flavour: Tools["terraform"]["flavour"]): string {
  if (source.split("/").length === 3) return source;
  return flavour === "opentofu" ? `registry.opentofu.org/${source}` : fullSource(source);
}

function fits(version: string, { constraints }: SchemaNeed, locked: string | undefined): boolean {
  if (locked !== undefined) return version === locked;
  return constraints.every((constraint) => meetsConstraint(version, constraint));
}

function byVersion(left: string, right: string): number {
  return left.localeCompare(right, "en", { numeric: true });
}
