import { GIVEN_FILE } from "../../provider/describe-given.ts";
import { PACK_FOLDER } from "../../provider/schema-pack.ts";
import { folderOf } from "../../text/paths.ts";
import type { Platform } from "../../stacks/platform-model.ts";

/** What a rehearsal goes by and nothing else does: a file beside the spec, and a folder, from the project root. */
export interface RehearsalFiles {
  readonly given: string;
  readonly packs: string;
}

/** Where a platform says what a rehearsal is to know beside the spec; neither need be there. */
export function rehearsalFiles({ specPath }: Platform): RehearsalFiles {
  const folder = folderOf(specPath);
  return { given: folder === "" ? GIVEN_FILE : `${folder}/${GIVEN_FILE}`, packs: PACK_FOLDER };
}
