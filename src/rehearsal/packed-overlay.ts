import { readOverlay, type OverlayProblem } from "../provider/read-overlay.ts";
import type { ProviderOverlay } from "../provider/type-overlay.ts";
import { packFile } from "./pack-file.ts";

export interface PackedOverlay {
  readonly overlay: ProviderOverlay | undefined;
  readonly problems: readonly OverlayProblem[];
}

/** What is known of a provider beside its schema; nothing, where no folder has an overlay of it. */
export function packedOverlay(source: string, folders: readonly string[]): PackedOverlay {
  const file = packFile(folders, source, ".overlay.yaml");
  if (file === undefined) return { overlay: undefined, problems: [] };
  return readOverlay(file.text, file.path, source);
}
