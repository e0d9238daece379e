import { readOverlay, type OverlayProblem, type ServedTypes } from "../provider/read-overlay.ts";
import { readReplacements } from "../provider/read-replacements.ts";
import type { ProviderOverlay, TypeOverlay } from "../provider/type-overlay.ts";
import { packFiles } from "./pack-file.ts";
import type { SchemaNeed } from "./schema-origin.ts";

export interface PackedOverlay {
  readonly overlay: ProviderOverlay | undefined;
  readonly problems: readonly OverlayProblem[];
}

/**
 * What is known of a version of a provider beside its schema; nothing, where no folder has an overlay of it. Those of several folders
 * are joined by type, and by key of a type: what an earlier folder says of a key stands, and a key that it takes back does
 * not hold. A project's own may say nothing that does nothing to the types in use; the last folder is platc's, and knows
 * types of other versions too.
 */
export function packedOverlay(
  { source, resources }: Pick<SchemaNeed, "source" | "resources">,
  folders: readonly string[],
  version?: string,
  served?: ServedTypes,
): PackedOverlay {
  const readings = packFiles(folders, source, ".overlay.yaml").map(({ path, text }) => {
    const isOwn = folders.slice(0, -1).some((folder) => path.startsWith(folder));
    return readOverlay(text, path, source, version, isOwn ? served : undefined);
  });
  const [first, ...others] = readings.map(({ overlay }) => overlay);
  const overlay = first && others.reduce(joinOverlays, first);
  const [said] = packFiles(folders, source, ".replacements.txt");
  const replacements = said && readReplacements(said.text, new Set(resources));
  return {
    overlay: overlay && { ...overlay, ...(replacements && { replacements }) },
    problems: readings.flatMap(({ problems }) => problems),
  };
}

function joinOverlays(first: ProviderOverlay, second: ProviderOverlay): ProviderOverlay {
  return {
    source: first.source,
    ...(second.holdsFor !== undefined && { holdsFor: second.holdsFor }),
    ...(first.holdsFor !== undefined && { holdsFor: first.holdsFor }),
    settings: { ...second.settings, ...first.settings },
    resources: joinTypes(first.resources, second.resources),
    dataSources: joinTypes(first.dataSources, second.dataSources),
    parents: [...(first.parents ?? []), ...(second.parents ?? [])],
    protections: [...(first.protections ?? []), ...(second.protections ?? [])],
  };
}

function joinTypes(
  first: ReadonlyMap<string, TypeOverlay>,
  second: ReadonlyMap<string, TypeOverlay>,
): ReadonlyMap<string, TypeOverlay> {
  const joined = [...first].map(([type, keys]) => {
    const kept = Object.entries(second.get(type) ?? {}).filter(([key]) => !keys.takenBack?.includes(key));
    return [type, { ...Object.fromEntries(kept), ...keys }] as const;
  });
  return new Map([...second, ...joined]);
}
