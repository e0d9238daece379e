import { ofLockable } from "../emit/lock-entries.ts";
import type { ProviderSchema } from "../provider/provider-schema.ts";
import { readProviderSchema } from "../provider/read-provider-schema.ts";
import { missingTypes } from "../provider/schema-pack.ts";
import type { ProviderOverlay } from "../provider/type-overlay.ts";
import { withComputedBlocks } from "../provider/with-computed-blocks.ts";
import { withDefaults } from "../provider/with-defaults.ts";
import type { Environment } from "../terraform/child-environment.ts";
import type { Note } from "../terraform/note.ts";
import type { Tools } from "../terraform/prepare-tools.ts";
import { FLAVOURS } from "../text/flavour.ts";
import { meetsConstraint } from "../text/version-constraint.ts";
import { digestOf } from "../text/digest.ts";
import { installedSchema } from "./installed-schema.ts";
import { nearTypes } from "./near-types.ts";
import { type PackProblem, packedSchema } from "./packed-schema.ts";
import { packedOverlay } from "./packed-overlay.ts";
import type { SchemaNeed, SchemaOrigin, SchemaText } from "./schema-origin.ts";

export interface SchemaSearch {
  readonly needs: readonly SchemaNeed[];
  /** By complete source, as the platform's lock file says. */
  readonly lockedVersions: ReadonlyMap<string, string>;
  /** Where packs and overlays are, which are used together: the project's own win over platc's. */
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
export interface SchemaProblem extends PackProblem {
  readonly source: string;
}

export interface FoundSchemas {
  readonly schemas: readonly FoundSchema[];
  readonly problems: readonly SchemaProblem[];
  readonly notes: readonly Note[];
}

/**
 * The schema of every provider, cut to the types in use: from the provider where it lies in a mirror in the version
 * that the platform is locked to, else from packs of that version. Nothing is downloaded.
 */
export async function findSchemas(search: SchemaSearch): Promise<FoundSchemas> {
  const schemas: FoundSchema[] = [];
  const problems: SchemaProblem[] = [];
  const notes: Note[] = [];
  for (const need of search.needs) {
    const { flavour } = search.tools.terraform;
    const locked = ofLockable(search.lockedVersions, need.source, flavour);
    const captured = await captureOf(need, locked, search, notes);
    const found = captured ?? packedSchema(need, locked, search.packFolders, FLAVOURS[flavour].program);
    if ("message" in found) {
      problems.push({ source: need.source, ...found });
      continue;
    }
    const served = schemaOf(need, found);
    const { overlay, problems: mistakes } = packedOverlay(need, search.packFolders, found.version, served);
    const [mistake] = mistakes;
    if (mistake) {
      const message = `${mistake.path}:${mistake.line}: ${mistake.message}`;
      problems.push({
        source: need.source,
        message,
        hint: "Mend the overlay; the README of schema/providers says its keys.",
      });
    } else {
      const schema = withDefaults(withComputedBlocks(served, overlay), overlay);
      schemas.push({ schema, overlay, origin: originOf(need, found) });
      notes.push(...foreignOverlay(overlay, found.version));
    }
  }
  return { schemas, problems, notes };
}

/** What an overlay says of one version may be wrong of another. */
function foreignOverlay(overlay: ProviderOverlay | undefined, version: string): readonly Note[] {
  const { source, holdsFor } = overlay ?? {};
  if (source === undefined || holdsFor === undefined || meetsConstraint(version, holdsFor)) return [];
  return [
    {
      message: `What a rehearsal knows of '${source}' beside its schema is that of ${holdsFor}, and ${version} is used: replacements and defaults may be others`,
      hint: `Compare 'schema/providers/${source}.overlay.yaml' of platc with the provider's guide for upgrades; an overlay of the project's own comes before it.`,
    },
  ];
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
  search: SchemaSearch,
  notes: Note[],
): Promise<SchemaText | PackProblem | undefined> {
  const captured = await installedSchema(need, locked, search);
  if (captured === undefined) return undefined;
  if (captured.status === "failed") {
    notes.push({ message: captured.message, hint: "A pack of its schema is looked for in its place." });
    return undefined;
  }
  const { json, version, known = [] } = captured;
  const types = missingTypes(json, need);
  if (types.length > 0) return notInstalled(need, version, types, known);
  return { json, kind: "captured", version, from: "the installed provider", files: [], isExact: true };
}

function notInstalled(
  { source }: SchemaNeed,
  version: string,
  types: readonly string[],
  known: readonly string[],
): PackProblem {
  const near = nearTypes(types, known).map((question) => `${question} `);
  return {
    types,
    message: `'${source}' cannot be rehearsed: the installed provider (${version}) has no ${types.map((type) => `'${type}'`).join(", ")}`,
    hint: `${near.join("")}Write the type's name as the provider's documentation has it, or take a version of the provider that has it: 'terraform.providers' in the spec, then 'platc lock'.`,
  };
}
