import { GIVEN_FILE } from "../../provider/describe-given.ts";
import type { JsonObject } from "../../text/json.ts";
import { folderOf } from "../../text/paths.ts";
import { REHEARSAL_SCHEMA_FILE, SCHEMA_FILE } from "./name-platform.ts";

/** What VS Code needs to complete and check a spec and what its rehearsals know: schemas, and the tags of the language. */
export function editorSettings(spec: string): JsonObject {
  const folder = folderOf(spec);
  return {
    "yaml.schemas": {
      [`./${folder}/${SCHEMA_FILE}`]: spec,
      [`./${folder}/${REHEARSAL_SCHEMA_FILE}`]: `${folder}/${GIVEN_FILE}`,
    },
    "yaml.customTags": ["!raw scalar", "!unset scalar", "!replace mapping"],
  };
}

/** The extension that holds the language server. */
export const EDITOR_EXTENSIONS: JsonObject = { recommendations: ["redhat.vscode-yaml"] };
