import type { JsonObject } from "../../text/json.ts";
import { folderOf } from "../../text/paths.ts";
import { SCHEMA_FILE } from "./name-platform.ts";

/** What VS Code needs to complete and check a spec: the schema of the platform, and the tags of the language. */
export function editorSettings(spec: string): JsonObject {
  return {
    "yaml.schemas": { [`./${folderOf(spec)}/${SCHEMA_FILE}`]: spec },
    "yaml.customTags": ["!raw scalar", "!unset scalar", "!replace mapping"],
  };
}

/** The extension that holds the language server. */
export const EDITOR_EXTENSIONS: JsonObject = { recommendations: ["redhat.vscode-yaml"] };
