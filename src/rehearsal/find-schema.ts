import { fullSource } from "../emit/lock-entries.ts";
import type { ProviderSchema } from "../provider/provider-schema.ts";
import { readProviderSchema } from "../provider/read-provider-schema.ts";
import type { ProviderOverlay } from "../provider/type-overlay.ts";
import { withComputedBlocks } from "../provider/with-computed-blocks.ts";
import type { Environment } from "../terraform/child-environment.ts";
import type { Note } from "../terraform/note.ts";
import type { Tools } from "../terraform/prepare-tools.ts";
import { meetsConstraint } from "../text/version-constraint.ts";
import { digestOf } from "../text/digest.ts";
import { captureSchema } from "./capture-schema.ts";
import { packedSchema } from "./packed-schema.ts";
import { packedOverlay } from "./packed-overlay.ts";
import type { SchemaNeed, SchemaOrigin, SchemaText } from "./schema-origin.ts";

export interface SchemaSearch {
  readonly needs: readonly SchemaNeed[];
  /** By complete source, as the platform's lock file says. */
  readonly lockedVersions: ReadonlyMap<string, string>;
  /** Where packs and overlays are: the project's own before platc's. */
  readonly packFolders: readonly string[];
  readonly tools: Pick<Tools, "mirrors" | "terraform">;
  readonly environment: Environment;
  readonly tell: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface FoundSchema {
  readonly schema: ProviderSchema;
  readonly overlay: ProviderOverlay | undefined;
  readonly origin: SchemaOrigin;
}

/** A provider that cannot be rehearsed, and what to do. */
export interface SchemaProblem {
  readonly source: string;
  readonly message: string;
  readonly hint: string;
}

export interface FoundSchemas {
  readonly schemas: readonly FoundSchema[];
  readonly problems: readonly SchemaProblem[];
  readonly notes: readonly Note[];
}

/**
 * The schema of every provider, cut to the types in use: from the provider where it lies in a mirror in the version
 * that the platform is locked to, else from a pack of that version. Nothing is downloaded.
 */
export async function findSchemas(search: SchemaSearch): Promise<FoundSchemas> {
  const schemas: FoundSchema[] = [];
  const problems: SchemaProblem[] = [];
  const notes: Note[] = [];
  for (const need of search.needs) {
    const locked = search.lockedVersions.get(fullSource(need.source));
    const captured = await captureOf(need, locked, search, notes);
    const found = captured ?? packedSchema(need, locked, search.packFolders);
    if ("message" in found) {
      problems.push({ source: need.source, ...found });
      continue;
    }
    const { overlay, problems: mistakes } = packedOverlay(need.source, search.packFolders);
    const [mistake] = mistakes;
    if (mistake) {
      const message = `${mistake.path}:${mistake.line}: ${mistake.message}`;
      problems.push({
        source: need.source,
        message,
        hint: "Mend the overlay; the README of schema/providers says its keys.",
      });
    } else {
      const schema = withComputedBlocks(schemaOf(need, found), overlay);
      schemas.push({ schema, overlay, origin: originOf(need, found) });
    }
  }
  return { schemas, problems, notes };
}

function schemaOf({ source }: SchemaNeed, { json, version }: SchemaText): ProviderSchema {
  return readProviderSchema(json, source, version);
}

function originOf({ source }: SchemaNeed, { json, ...origin }: SchemaText): SchemaOrigin {
  return { ...origin, source, hash: digestOf(JSON.stringify(json)) };
}

async function captureOf(
  need: SchemaNeed,
  locked: string | undefined,
  { tools, environment, tell, signal }: SchemaSearch,
  notes: Note[],
): Promise<SchemaText | undefined> {
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
  });
  if (captured.status === "failed") {
    notes.push({ message: captured.message, hint: "A pack of its schema is looked for in its place." });
    return undefined;
  }
  const { version } = newest;
  return { json: captured.json, kind: "captured", version, from: "the installed provider", isExact: true };
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
